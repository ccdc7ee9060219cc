"""The benchmark: what the bridge costs with 10,000 downloads. Started by `script/bench`."""
