"""Family names that are written in Latin letters in more ways than one.

Which letters stand for 黄 depends on who first wrote the name down: Huang in Beijing, Hwang in
Taipei, Wong in Hong Kong, Ng in Singapore, Hoang in Hanoi. They are too short and too unlike to be
taken for slips of one another. A Japanese name in Chinese characters is romanised by its Chinese
reading, the only one that can be told letter by letter; the commonest are known here by their own,
with the Chinese reading of their characters behind it (佐藤 is found as `zuoteng`): to romanise
them here would load twelve megabytes before the first answer of a sitting.
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
    sato satou satoh zuoteng | suzuki lingmu | takahashi gaoqiao | tanaka tianzhong
    ito itou itoh yiteng yidong | watanabe dubian dubu | yamamoto shanben | nakamura zhongcun
    kobayashi xiaolin | kato katou katoh jiateng | yoshida jitian | yamada shantian
    yamaguchi shankou | matsumoto songben | inoue inouye jingshang | kimura mucun | hayashi lin
    saito saitou saitoh zhaiteng qiteng | shimizu qingshui | yamazaki shanqi | mori sen
    ikeda chitian | hashimoto qiaoben | abe abu anbu | ishikawa shichuan | yamashita shanxia
    nakajima nakashima zhongdao | ishii shijing | ogawa xiaochuan | maeda qiantian
    okada gangtian | hasegawa zhangguchuan | fujita tengtian | goto gotou gotoh houteng
    kondo kondou kondoh jinteng | murakami cunshang | endo endou endoh yuanteng | aoki qingmu
    sakamoto banben | fukuda futian | ota oota ohta taitian | nishimura xicun | fujii tengjing
    kaneko jinzi | okamoto gangben | fujiwara tengyuan | miura sanpu | nakano zhongye
    harada yuantian | matsuda songtian | takeuchi zhunei | ono oono ohno xiaoye daye
    nakagawa zhongchuan | nakayama zhongshan | ueda shangtian | morita sentian | hara yuan
    shibata chaitian | sakai jiujing | kudo kudou gongteng | yokoyama hengshan | miyazaki gongqi
    miyamoto gongben | uchida neitian | takagi gaomu | ando andou anteng | taniguchi gukou
    imai jinjing | takada gaotian | maruyama wanshan | kono kouno kohno heye | fujimoto tengben
    takeda wutian | murata cuntian | ueno shangye | sugiyama shanshan | masuda zengtian
    sugawara jianyuan | hirano pingye | otsuka ohtsuka dazhong | kojima xiaodao | chiba qianye
    kubo jiubao | matsui songjing | iwasaki yanqi | sakurai yingjing | kinoshita muxia
    noguchi yekou | matsuo songwei | nomura yecun | kikuchi jude juchi | sano zuoye
    onishi oonishi ohnishi daxi | sugimoto shanben | arai xinjing | hamada bangtian
    ichikawa shichuan | furukawa guchuan | mizuno shuiye
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
