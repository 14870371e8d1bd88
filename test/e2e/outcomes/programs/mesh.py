"""What somebody injects beside every container. As its argument says it fails at once, or it works until it is stopped."""

import signal
import sys
import time

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
if sys.argv[1] == "fails":
    print("no certificate for this workload", flush=True)
    sys.exit(7)
time.sleep(3600)
