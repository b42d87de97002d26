module foundation/bench/sink

go 1.22
