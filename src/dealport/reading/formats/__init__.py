"""From the bytes of a file to tables and records: CSV, Parquet, workbooks, JSON, TOML, encodings, folders."""
