"""One idea a file. A widget knows values and says what happened; it never knows a service."""
