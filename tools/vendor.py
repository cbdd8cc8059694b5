"""Copy the few browser files that pages use from node_modules into the package."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "node_modules"
TARGET = ROOT / "src/ticketing/static/vendor"
FILES = {
    "zxing-wasm/dist/es/share.js": "zxing/share.js",
    "zxing-wasm/dist/es/reader/index.js": "zxing/reader/index.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "zxing/zxing_reader.wasm",
    "zxing-wasm/LICENSE": "LICENSES/zxing-wasm",
    "@noble/ed25519/index.js": "noble/ed25519/index.js",
    "@noble/ed25519/LICENSE": "LICENSES/noble-ed25519",
    "@noble/hashes/_md.js": "noble/hashes/_md.js",
    "@noble/hashes/_u64.js": "noble/hashes/_u64.js",
    "@noble/hashes/hmac.js": "noble/hashes/hmac.js",
    "@noble/hashes/sha2.js": "noble/hashes/sha2.js",
    "@noble/hashes/utils.js": "noble/hashes/utils.js",
    "@noble/hashes/LICENSE": "LICENSES/noble-hashes",
    "@noble/ciphers/_arx.js": "noble/ciphers/_arx.js",
    "@noble/ciphers/_poly1305.js": "noble/ciphers/_poly1305.js",
    "@noble/ciphers/chacha.js": "noble/ciphers/chacha.js",
    "@noble/ciphers/utils.js": "noble/ciphers/utils.js",
    "@noble/ciphers/LICENSE": "LICENSES/noble-ciphers",
    "qr/index.js": "qr/index.js",
    "qr/LICENSE": "LICENSES/qr",
}


def main() -> int:
    missing = [name for name in FILES if not (SOURCE / name).is_file()]
    if missing:
        print(f"node_modules lacks {', '.join(missing)}: run 'npm ci'.", file=sys.stderr)
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    for name, into in FILES.items():
        path = TARGET / into
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / name, path)
    hashes = {
        into: hashlib.sha256((TARGET / into).read_bytes()).hexdigest() for into in FILES.values()
    }
    manifest = json.dumps(hashes, indent=1) + "\n"
    (TARGET / "manifest.json").write_text(manifest)  # last: it is make's target
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
