#!/bin/sh
# Schemathesis over the OpenAPI description of a running workbench: fuzz.sh http://127.0.0.1:8020 [EXAMPLES]
# Fails on any answer of 500 or above. Install it apart from Foedus: pip install schemathesis.
exec schemathesis run "$1/api/openapi.json" --checks not_a_server_error --max-examples "${2:-50}" --request-timeout 20 -H "X-Foedus-Write: 1"
