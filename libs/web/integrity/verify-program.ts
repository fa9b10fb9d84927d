/**
 * A program for whoever believes neither us nor our programs: checks one entry against what a log signed. Shown on the page of an entry and in docs/auditing.md; a test runs it as it is published there.
 *
 * Python's standard library, and OpenSSL 3 for the one thing that it lacks, Ed25519: a court's expert has both, and need not vouch for a signature scheme that we wrote ourselves.
 * What it follows: RFC 9162 §2.1, RFC 8785, and C2SP signed-note, tlog-checkpoint, tlog-tiles and tlog-proof. Exit code 0: nothing wrong; 4: something is not what was signed; any other: it could not be checked.
 */
export const VERIFY_PROGRAM = String.raw`import base64, hashlib, json, os, subprocess, sys, tempfile, urllib.error, urllib.request
from decimal import Decimal

def sha(data): return hashlib.sha256(data).digest()
def node(left, right): return sha(b"\1" + left + right)
def read(file): return open(file, encoding="utf-8", newline="").read()
def b64(text): return base64.b64decode(text, validate=True)

def wrong(what):
    print("NO:", what)
    sys.exit(4)

# --- RFC 8785: the one way to write a JSON value, whatever the file's line breaks and order ---
def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        if value and not 1e-6 <= abs(value) < 1e21:
            sys.exit("this program cannot write the number %r" % value)
        return format(Decimal(repr(value + 0.0)).normalize(), "f")
    return json.dumps(value, ensure_ascii=False)

# --- C2SP signed-note: Ed25519 (RFC 8032), by OpenSSL ---
def signed(key, text, signature):
    with tempfile.TemporaryDirectory() as folder:
        parts = {"key": bytes.fromhex("302a300506032b6570032100") + key, "text": text, "signature": signature}
        for name, data in parts.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"
        ran = subprocess.run(command.split(), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if b"Verified Successfully" in ran.stdout and ran.returncode == 0:
        return True
    if b"Verification Failure" in ran.stdout:
        return False
    sys.exit("OpenSSL 3 is needed: " + ran.stdout.decode(errors="replace"))

def keys_in(text):
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if words:
            name, key_id, material = words[0].split("+", 2)
            if sha(name.encode() + b"\n" + b64(material))[:4].hex() != key_id:
                wrong("the id of a key of %s is not that of the key" % name)
            if b64(material)[0] == 1:
                yield name, bytes.fromhex(key_id), b64(material)[1:], int(words[2]) if words[1:2] == ["until"] else None

def checkpoint(note, keys):
    text, lines = note.rsplit("\n\n", 1)
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    by = None
    for line in lines.splitlines():
        dash, signer, blob = line.split(" ")
        for name, key_id, key, until in keys:
            if (name, name, key_id) == (origin, signer, b64(blob)[:4]):
                if not signed(key, text.encode(), b64(blob)[4:]):
                    wrong("a signature of %s is false" % name)
                if until is None or int(size) <= until:
                    by = "%s+%s" % (name, key_id.hex())
    if by is None:
        wrong("no key of your list signed the state of %s entries" % size)
    return int(size), b64(root), by

# --- RFC 9162: the way from an entry to the root ---
def root_above(value, place, size, path):
    last = size - 1
    if not 0 <= place < size:
        wrong("there is no such place in the log")
    for step in path:
        if last == 0:
            wrong("the proof is too long")
        if place % 2 or place == last:
            value = node(step, value)
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            value = node(value, step)
        place, last = place // 2, last // 2
    return value if last == 0 else wrong("the proof is too short")

# --- C2SP tlog-tiles: the roots of two states out of the same hashes, so that the one begins the other ---
def tile(log, level, number, width):
    path, rest = "%03d" % (number % 1000), number // 1000
    while rest:
        path, rest = "x%03d/%s" % (rest % 1000, path), rest // 1000
    address = "%s/tile/%d/%s" % (log, level, path)
    try:
        data = urllib.request.urlopen(address + (".p/%d" % width if width < 256 else "")).read()
    except urllib.error.URLError:
        data = urllib.request.urlopen(address).read()
    return [data[32 * at : 32 * at + 32] for at in range(width)]

def two_roots(log, older, newer):
    def whole(low, high):
        width = high - low
        if width & (width - 1):
            half = 1 << (width.bit_length() - 1)
            return node(whole(low, low + half), whole(low + half, high))
        level, inner = divmod(width.bit_length() - 1, 8)
        number, offset = divmod(low >> (8 * level), 256)
        row = tile(log, level, number, min(256, (newer >> (8 * level)) - 256 * number))[offset : offset + (1 << inner)]
        while len(row) > 1:
            row = [node(*row[at : at + 2]) for at in range(0, len(row), 2)]
        return row[0]
    def both(low, high):
        if high <= older or low >= older:
            value = whole(low, high)
            return value if high <= older else None, value
        half = 1 << ((high - low - 1).bit_length() - 1)
        (old, left), (more, right) = both(low, low + half), both(low + half, high)
        return old if more is None else node(old, more), node(left, right)
    return both(0, newer)

proof_file, entry_file, keys_file, *more = sys.argv[1:]
keys = list(keys_in(read(keys_file)))
head, note = read(proof_file).split("\n\n", 1)
lines = [line for line in head.split("\n")[1:] if not line.startswith("extra ")]
entry = canonical(json.loads(read(entry_file)))
print(entry)
size, root, by = checkpoint(note, keys)
print("the state of", size, "entries is signed by", by)
place, path = int(lines[0].split(" ")[1]), [b64(line) for line in lines[1:]]
if root_above(sha(b"\0" + entry.encode()), place, size, path) != root:
    wrong("this entry is not at place %d of the signed log" % place)
print("exactly this entry is at place", place, "of it")
if more:
    kept_size, kept_root, by = checkpoint(read(more[0]), keys)
    print("the kept state of", kept_size, "entries is signed by", by)
    older, newer = sorted([(size, root), (kept_size, kept_root)])
    if older[0] and two_roots(more[1].rstrip("/"), older[0], newer[0]) != (older[1], newer[1]):
        wrong("the log was changed between the kept state and the other")
    print("the one has grown out of the other, unchanged")
print("Found nothing wrong")`;
