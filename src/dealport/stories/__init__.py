"""Each command as a page that reads like its name: paths in, a ranking, a meeting day or a backtest out."""
