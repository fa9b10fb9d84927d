#!/usr/bin/env python3
"""A second opinion on a transparency log, sharing no line, language or library with the product.

Reads requests from standard input, one JSON object a line, and writes one JSON object a line with the verdict:

    {"do": "log", "folder": F, "origin": O, "keys": [vkey...], "witnesses": [vkey...]}
        recomputes every tile and the root from the entry bundles alone, and checks the signatures on the checkpoint
    {"do": "inclusion", "index": I, "size": N, "leaf": B64, "root": B64, "proof": [B64...]}
    {"do": "consistency", "older": M, "newer": N, "old_root": B64, "new_root": B64, "proof": [B64...]}
    {"do": "canonical", "json": TEXT}
        writes the JSON text in the form of RFC 8785, for documents whose numbers are integers below 2^53

Hashing follows the recursions of RFC 6962 section 2.1 as they are written, Ed25519 the description in RFC 8032 section 5.1. Standard library only;
slow on purpose.
"""

import base64
import hashlib
import json
import os
import struct
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


# --- RFC 6962 section 2.1 -----------------------------------------------------------------------------------------


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def tree_hash(hashes):
    """MTH over leaf hashes."""
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return sha256(b"\x01" + tree_hash(hashes[:k]) + tree_hash(hashes[k:]))


def root_from_path(index, size, leaf, path):
    """The root that PATH(index, D[size]) leads to, by undoing the recursion of its definition."""
    if size == 1:
        if path:
            raise ValueError("hashes left over")
        return leaf
    if not path:
        raise ValueError("hashes missing")
    k = split(size)
    if index < k:
        return sha256(b"\x01" + root_from_path(index, k, leaf, path[:-1]) + path[-1])
    return sha256(b"\x01" + path[-1] + root_from_path(index - k, size - k, leaf, path[:-1]))


def roots_from_proof(older, newer, proof, known):
    """The two roots that SUBPROOF(older, D[newer], known is not None) leads to."""
    if older == newer:
        if known is not None:
            if proof:
                raise ValueError("hashes left over")
            return known, known
        if len(proof) != 1:
            raise ValueError("one hash expected")
        return proof[0], proof[0]
    if not proof:
        raise ValueError("hashes missing")
    k = split(newer)
    if older <= k:
        old, new = roots_from_proof(older, k, proof[:-1], known)
        return old, sha256(b"\x01" + new + proof[-1])
    old, new = roots_from_proof(older - k, newer - k, proof[:-1], None)
    return sha256(b"\x01" + proof[-1] + old), sha256(b"\x01" + proof[-1] + new)


# --- RFC 8032 section 5.1 -----------------------------------------------------------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        raise ValueError("not a point")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        if sign:
            raise ValueError("not a point")
        return 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_MINUS_1 % P
    if (x * x - x2) % P:
        raise ValueError("not a point")
    return x if x & 1 == sign else P - x


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return x, y, 1, x * y % P


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    g, h, i, j = f - e, d - c, d + c, f + e
    return g * h % P, i * j % P, h * i % P, g * j % P


def multiply(s, a):
    result = (0, 1, 1, 0)
    while s:
        if s & 1:
            result = add(result, a)
        a = add(a, a)
        s >>= 1
    return result


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def ed25519(public, message, signature):
    if len(signature) != 64:
        return False
    try:
        a, r = point(public), point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    return same(multiply(s, BASE), add(r, multiply(h, a)))


# --- C2SP: signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles -----------------------------------------------


def b64(text):
    return base64.b64decode(text, validate=True)


def parse_vkey(vkey):
    name, key_id, material = vkey.split("+", 2)
    material = b64(material)
    computed = sha256(name.encode() + b"\n" + material)[:4]
    if computed.hex() != key_id:
        raise ValueError("the id of the key of %s is wrong" % name)
    return name, computed, material[0], material[1:]


def verify_line(text, body, keys):
    """The vkey whose signature this line is; None for an unknown key; an error for a false one."""
    dash, name, encoded = text.split(" ")
    if dash != "\u2014":
        raise ValueError("no signature line")
    data = b64(encoded)
    for vkey in keys:
        key_name, key_id, kind, public = parse_vkey(vkey)
        if key_name != name or key_id != data[:4]:
            continue
        signature, message = data[4:], body.encode()
        if kind == 4:
            message = b"cosignature/v1\ntime %d\n" % struct.unpack(">Q", signature[:8])[0] + message
            signature = signature[8:]
        if not ed25519(public, message, signature):
            raise ValueError("the signature of %s is false" % name)
        return vkey
    return None


def number(index):
    digits = str(index)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])


def resource(folder, kind, index, width):
    path = os.path.join(folder, "tile", kind, number(index) + ("" if width == 256 else ".p/%d" % width))
    with open(path, "rb") as file:
        return file.read()


def entries_of(folder, size):
    entries = []
    while len(entries) < size:
        width = min(256, size - len(entries))
        data = resource(folder, "entries", len(entries) // 256, width)
        for _ in range(width):
            (length,) = struct.unpack(">H", data[:2])
            if len(data) < 2 + length:
                raise ValueError("a bundle is cut off")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
        if data:
            raise ValueError("a bundle has more bytes than entries")
    return entries


def check_log(request):
    with open(os.path.join(request["folder"], "checkpoint"), encoding="utf-8", newline="") as file:
        note = file.read()
    body, _, lines = note.rpartition("\n\n")
    body += "\n"
    keys = request["keys"] + request.get("witnesses", [])
    signed = [verify_line(line, body, keys) for line in lines.rstrip("\n").split("\n")]
    if not any(vkey in request["keys"] for vkey in signed):
        raise ValueError("no key of the log signed the checkpoint")
    origin, size, root = body.split("\n")[:3]
    if origin != request["origin"]:
        raise ValueError("another log")
    size = int(size)
    hashes = [sha256(b"\x00" + entry) for entry in entries_of(request["folder"], size)]
    computed = tree_hash(hashes)
    if base64.b64encode(computed).decode() != root:
        raise ValueError("the entries do not hash to the signed root")
    tiles, level = 0, 0
    while hashes:
        for at in range(0, len(hashes), 256):
            some = hashes[at : at + 256]
            if resource(request["folder"], str(level), at // 256, len(some)) != b"".join(some):
                raise ValueError("tile %d/%d differs" % (level, at // 256))
            tiles += 1
        full = len(hashes) // 256
        hashes = [tree_hash(hashes[at * 256 : (at + 1) * 256]) for at in range(full)]
        level += 1
    return {"size": size, "root": root, "tiles": tiles, "signed": [vkey for vkey in signed if vkey]}


def check_inclusion(request):
    index, size = request["index"], request["size"]
    if not 0 <= index < size:
        raise ValueError("no such entry")
    root = root_from_path(index, size, b64(request["leaf"]), [b64(text) for text in request["proof"]])
    if root != b64(request["root"]):
        raise ValueError("another root")
    return {}


def check_consistency(request):
    older, newer = request["older"], request["newer"]
    if not 0 < older <= newer:
        raise ValueError("no such trees")
    old_root, new_root = b64(request["old_root"]), b64(request["new_root"])
    roots = roots_from_proof(older, newer, [b64(text) for text in request["proof"]], old_root)
    if roots != (old_root, new_root):
        raise ValueError("other roots")
    return {}


def canonical(value):
    if isinstance(value, dict):
        # UTF-16 code units, which big-endian bytes sort like.
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, float):
        raise ValueError("integers only")
    return json.dumps(value, ensure_ascii=False)


def check_canonical(request):
    return {"text": canonical(json.loads(request["json"]))}


ANSWERS = {"log": check_log, "inclusion": check_inclusion, "consistency": check_consistency, "canonical": check_canonical}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = dict(ANSWERS[request["do"]](request), ok=True)
        except Exception as error:  # whatever is wrong with the input is a refusal
            answer = {"ok": False, "why": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
