module foundation/parts/vault

go 1.25

tool github.com/hashicorp/vault

require github.com/hashicorp/vault v1.19.0
