"""Size and seconds of the evidence pack, on the seed and on made corpora: PYTHONPATH=. python tests/benchmarks/bench_pack.py"""
