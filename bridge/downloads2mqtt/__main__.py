"""`python -m downloads2mqtt` is the same as the `downloads2mqtt` command."""

import sys

from downloads2mqtt.cli import main

sys.exit(main())
