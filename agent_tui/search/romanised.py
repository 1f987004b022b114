"""Family names that are written in Latin letters in more ways than one.

Which letters stand for 黄 depends on who first wrote the name down: Huang in Beijing, Hwang in
Taipei, Wong in Hong Kong, Ng in Singapore, Hoang in Hanoi. They are too short and too unlike to be
taken for slips of one another. A Japanese name in Chinese characters is romanised by its Chinese
reading, the only one that can be told letter by letter; the commonest are known here by their own.
"""

from __future__ import annotations

from functools import cache

from agent_tui.text.names import fold

_CHINESE = """
    cai tsai choi choy chua chai thai | cao tsao cho tso | chen chan tan chin chern tran
    cheng ching seng | deng teng tang dang | ding ting dinh | dong tung doan | du tu do to
    fan van pham | fang fong hong phuong | feng fung foong phung | gao kao ko go
    gu ku koo | guo kuo kwok kwek kuok quach | han hon | he ho hoh | hong hung ang
    hu wu woo oh | huang hwang wong ng ooi hoang huynh | jiang chiang kong kang giang
    jiang chiang cheung | jin kam chin kim | kong kung hung | lai loi
    li lee lei ly lie | liang leung leong neo luong | liao liu liew | lin lam lim
    liu lau low liew liou luu | lu lo loo luk | lu lui loo lv lyu lu | luo lo law loh la
    ma mah beh | mo mok bok | ouyang auyeung auyong | pan poon phua phan | peng pang phang
    qian chien chin tsien | qiu chiu yau khoo hew | ren yam jen | shao shiu siew
    shen sum shum sim sam tham | shi shih sze see | song sung soong | su so soo to
    sun suen soon ton | tan tam tham | tang tong thong | wan man | wang wong ong heng vuong
    wei ngai wee nguy | wen man boon | wu ng goh ngo woo | xia hsia ha
    xiao hsiao siu siew tieu | xie hsieh tse chia che ta | xiong hsiung hung
    xu hsu hui khoh koh hua | xu hsu tsui chui chee tu | xue hsueh sit tiet
    yan yen yim ngan nhan | yang yeung yeo young duong | yao yew iu | ye yeh yip yap diep
    yin yan wan | you yau yew | yu yue yee du | yuan yuen yuan vien
    zeng tseng tsang chan tsen | zhang chang cheung teo chong chung truong
    zhao chao chiu teoh trieu | zheng cheng tay teh chang trinh | zhong chung cheong chong
    zhou chou chow chau chew chu | zhu chu choo chue | zhuang chuang chong ching
"""

_KOREAN = """
    kim gim | lee yi rhee ri li | park pak bak | choi choe | jung jeong chung cheong
    kang gang | cho jo joe | yoon yun youn | jang chang | lim im rim | han hahn | oh o
    seo suh so | shin sin | kwon gwon | hwang whang | ahn an | yoo yu ryu you lyu | jeon chun jun
    ko koh go | moon mun | bae pae | baek paik paek back | noh no roh | kwak gwak
    sung seong | joo ju chu | woo wu u | koo ku gu | shim sim | byun byeon pyon | min minn
    ji chi jee | heo hur huh | nam nahm | son sohn | cha tcha | eom um | won weon | cheon chun
"""

_JAPANESE = """
    sato satou satoh 佐藤 | suzuki 鈴木 | takahashi 高橋 | tanaka 田中 | ito itou itoh 伊藤 伊東
    watanabe 渡辺 渡邊 渡部 | yamamoto 山本 | nakamura 中村 | kobayashi 小林 | kato katou katoh 加藤
    yoshida 吉田 | yamada 山田 | yamaguchi 山口 | matsumoto 松本 | inoue inouye 井上
    kimura 木村 | hayashi 林 | saito saitou saitoh 斎藤 斉藤 齋藤 | shimizu 清水 | yamazaki 山崎
    mori 森 | ikeda 池田 | hashimoto 橋本 | abe 阿部 安部 | ishikawa 石川 | yamashita 山下
    nakajima nakashima 中島 | ishii 石井 | ogawa 小川 | maeda 前田 | okada 岡田 | hasegawa 長谷川
    fujita 藤田 | goto gotou gotoh 後藤 | kondo kondou kondoh 近藤 | murakami 村上
    endo endou endoh 遠藤 | aoki 青木 | sakamoto 坂本 | fukuda 福田 | ota oota ohta 太田
    nishimura 西村 | fujii 藤井 | kaneko 金子 | okamoto 岡本 | fujiwara 藤原 | miura 三浦
    nakano 中野 | harada 原田 | matsuda 松田 | takeuchi 竹内 | ono oono ohno 小野 大野
    nakagawa 中川 | nakayama 中山 | ueda 上田 | morita 森田 | hara 原 | shibata 柴田
    sakai 酒井 | kudo kudou 工藤 | yokoyama 横山 | miyazaki 宮崎 | miyamoto 宮本 | uchida 内田
    takagi 高木 | ando andou 安藤 | taniguchi 谷口 | imai 今井 | takada 高田 | maruyama 丸山
    kono kouno kohno 河野 | fujimoto 藤本 | takeda 武田 | murata 村田 | ueno 上野 | sugiyama 杉山
    masuda 増田 | sugawara 菅原 | hirano 平野 | otsuka ohtsuka 大塚 | kojima 小島 | chiba 千葉
    kubo 久保 | matsui 松井 | iwasaki 岩崎 | sakurai 桜井 | kinoshita 木下 | noguchi 野口
    matsuo 松尾 | nomura 野村 | kikuchi 菊地 菊池 | sano 佐野 | onishi oonishi ohnishi 大西
    sugimoto 杉本 | arai 新井 | hamada 浜田 | ichikawa 市川 | furukawa 古川 | mizuno 水野
"""


def romanised(word: str) -> frozenset[str]:
    """The other folded spellings of a family name that is written in the same characters."""
    return _others().get(word, frozenset())


@cache
def _others() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in (_CHINESE, _KOREAN, _JAPANESE):
        for written in line.replace("\n", "|").split("|"):
            together = {fold(name) for name in written.split()}
            for name in together:
                found.setdefault(name, set()).update(together)
    return {name: frozenset(others - {name}) for name, others in found.items()}
