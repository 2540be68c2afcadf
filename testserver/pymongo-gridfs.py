"""PyMongo's half of testserver/pymongo-gridfs; Rotor's is dev.rotor.gridfs.interop, among the tests of gridfs.

pymongo-gridfs.py write|answer CONNECTION_STRING DATABASE FOLDER

write   stores files with both of PyMongo's interfaces, for Rotor to read and to change
answer  reads and changes what Rotor has stored, and looks at what Rotor has changed

Ends with status 1 if a check has failed.
"""

import asyncio
import datetime
import hashlib
import inspect
import io
import json
import random
import sys
import traceback
from pathlib import Path

import gridfs
from bson import Binary, Decimal128, Int64, json_util
from gridfs.asynchronous import AsyncGridFSBucket
from pymongo import AsyncMongoClient, MongoClient, monitoring

CHUNK = 255 * 1024
LARGE = 5 * 1024 * 1024 + 17
WRITTEN = ["keep", "delete by id", "delete by name", "delete by name",
           "rename by id", "rename by name", "rename by name"]
LEFT = ["keep", 'renamed by id "π"', 'renamed by name "π"', 'renamed by name "π"']

failed = False


async def settled(value):
    """What a call gives, with either interface."""
    return await value if inspect.isawaitable(value) else value


async def listed(cursor):
    cursor = await settled(cursor)
    return [each async for each in cursor] if hasattr(cursor, "__aiter__") else list(cursor)


async def check(what, body, *arguments):
    global failed
    line = f"PyMongo {what}".replace("\n", "\\n").replace("\t", "\\t")
    try:
        await body(*arguments)
        print(f"ok    {line}", flush=True)
    except Exception as failure:
        failed = True
        print(f"FAIL  {line}", flush=True)
        text = str(failure) if isinstance(failure, AssertionError) else traceback.format_exc()
        for more in text.splitlines():
            print(f"      {more}", flush=True)


def equal(actual, expected, what=""):
    if actual != expected:
        raise AssertionError(f"{what} {actual!r}\nexpected {expected!r}")


def same_bytes(actual, expected, what=""):
    equal((len(actual), hashlib.sha256(actual).hexdigest()),
          (len(expected), hashlib.sha256(expected).hexdigest()), what)


def typed(document):
    """A form that tells the numeric types apart."""
    if document is None:
        return None
    return json.loads(json_util.dumps(document, json_options=json_util.CANONICAL_JSON_OPTIONS))


class Sent(monitoring.CommandListener):
    def __init__(self):
        self.names = []

    def started(self, event):
        self.names.append(event.command_name)

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass


class Half:
    """One of PyMongo's two interfaces."""

    def __init__(self, api, uri, database, folder):
        self.api, self.folder, self.sent, self.stored = api, folder, Sent(), []
        self.client = {"sync": MongoClient, "async": AsyncMongoClient}[api](uri, event_listeners=[self.sent])
        self.database = self.client[database]
        self.random = random.Random(api)

    def bucket(self, name, **options):
        kind = gridfs.GridFSBucket if self.api == "sync" else AsyncGridFSBucket
        return kind(self.database, bucket_name=name, **options)

    # ---- storing ----

    def content(self, size):
        name = f"{self.api} {len(self.stored)}"
        content = self.random.randbytes(size)
        (self.folder / name).write_bytes(content)
        return name, content

    def remember(self, file_id, filename, content_name, metadata=None, chunk_size=CHUNK):
        entry = {"bucket": self.api, "id": file_id, "filename": filename, "chunkSize": chunk_size,
                 "content": content_name}
        self.stored.append(entry if metadata is None else {**entry, "metadata": metadata})

    async def upload(self, filename, size, metadata=None):
        content_name, content = self.content(size)
        bucket = self.bucket(self.api)
        file_id = await settled(bucket.upload_from_stream(filename, io.BytesIO(content), metadata=metadata))
        self.remember(file_id, filename, content_name, metadata)

    async def upload_with_id(self, file_id, filename, size, chunk_size=None, bucket_chunk_size=CHUNK):
        content_name, content = self.content(size)
        bucket = self.bucket(self.api, chunk_size_bytes=bucket_chunk_size)
        await settled(bucket.upload_from_stream_with_id(file_id, filename, content, chunk_size_bytes=chunk_size))
        self.remember(file_id, filename, content_name, chunk_size=chunk_size or bucket_chunk_size)

    async def upload_in_pieces(self, filename, size):
        content_name, content = self.content(size)
        metadata = {"contentType": "image/png", "sha256": hashlib.sha256(content).hexdigest()}
        upload = await settled(self.bucket(self.api).open_upload_stream(filename, metadata=metadata))
        for start in range(0, size, 100_003):
            await settled(upload.write(content[start:start + 100_003]))
        await settled(upload.close())
        self.remember(upload._id, filename, content_name, metadata)

    async def write(self):
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, LARGE]:
            metadata = {
                "size": Int64(size), "who": "PyMongo π", "nested": {"list": [1, None, 1.5]},
                "when": datetime.datetime(2024, 2, 29, 12, 30, 1, 123000), "binary": Binary(b"\0\1\xff"),
                "decimal": Decimal128("1.10"),
            }
            await check(f"{self.api} writes {size} bytes", self.upload, f"size {size}", size, metadata)
            await check(f"{self.api} writes {size} bytes in pieces", self.upload_in_pieces, f"pieces {size}", size)
        await check(f"{self.api} writes a file without metadata", self.upload, "no metadata", 100)
        for name in ["Straße/π \"quoted\" 'single' back\\slash.txt", "日本語 🎈.png", "", "tab\tand\nline",
                     "$where.is.it", "100%"]:
            await check(f'{self.api} writes "{name}"', self.upload, name, 12_345)
        for revision in range(3):
            await check(f"{self.api} writes revision {revision}", self.upload, "revised", 1000 + revision,
                        {"revision": revision})
            await asyncio.sleep(0.01)  # revisions are told apart by time, in milliseconds
        for file_id in ["an id", 42, Int64(2**40), {"a": 1, "b": "c"}]:
            await check(f"{self.api} writes the id {file_id!r}",
                        self.upload_with_id, file_id, f"id {file_id!r}", 12_345)
        await check(f"{self.api} writes small chunks", self.upload_with_id, "small", "small chunks", 12_345, 1000)
        await check(f"{self.api} writes with the bucket's chunk size", self.upload_with_id, "large", "large chunks",
                    3 * 2**20, None, 2**20)
        await check(f"{self.api} writes what Rotor changes", self.write_changeable, f"changed_of_{self.api}")
        await check(f"{self.api} makes indexes", self.write_indexes, f"indexes_of_{self.api}")

    # ---- reading ----

    async def read(self, files):
        for file in files:
            revisions = [other for other in files
                         if other["bucket"] == file["bucket"] and other["filename"] == file["filename"]]
            await self.read_one(file, revisions.index(file), len(revisions))

    async def read_one(self, file, revision, revisions):
        content = (self.folder / file["content"]).read_bytes()
        bucket = self.bucket(file["bucket"])
        name = f'{self.api} reads "{file["filename"]}", '

        async def opened():
            return await settled(bucket.open_download_stream(file["id"]))

        async def document():
            found = await settled(self.database[file["bucket"]].files.find_one({"_id": file["id"]}))
            fields = {"_id", "filename", "chunkSize", "length", "uploadDate"} | ({"metadata"} & file.keys())
            equal(set(found), fields, "fields")
            equal(type(found["length"]), Int64, "type of length")
            equal(type(found["chunkSize"]), int, "type of chunkSize")
            out = await opened()
            equal((out._id, out.filename, out.length, out.chunk_size),
                  (file["id"], file["filename"], len(content), file["chunkSize"]))
            equal(typed(out.metadata), typed(file.get("metadata")), "metadata")
            age = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - out.upload_date
            equal(-60 < age.total_seconds() < 3600, True, f"uploadDate {out.upload_date}")
            if "sha256" in (out.metadata or {}):
                equal(out.metadata["sha256"], hashlib.sha256(content).hexdigest(), "sha256")

        async def chunks():
            found = await listed(self.database[file["bucket"]].chunks.find({"files_id": file["id"]}).sort("n", 1))
            size = file["chunkSize"]
            equal([chunk["n"] for chunk in found], list(range(-(-len(content) // size))), "n")
            for chunk in found:
                equal(set(chunk), {"_id", "files_id", "n", "data"}, "fields")
                equal((type(chunk["n"]), type(chunk["data"])), (int, bytes), "types of n and data")
                same_bytes(chunk["data"], content[chunk["n"] * size:(chunk["n"] + 1) * size], f"chunk {chunk['n']}")

        async def by_id():
            same_bytes(await settled((await opened()).read()), content)

        async def by_stream():
            target = io.BytesIO()
            await settled(bucket.download_to_stream(file["id"], target))
            same_bytes(target.getvalue(), content)

        async def by_name(number):
            out = await settled(bucket.open_download_stream_by_name(file["filename"], revision=number))
            equal(out._id, file["id"])
            same_bytes(await settled(out.read()), content)

        async def seeking():
            out = await opened()
            size, chunk = len(content), file["chunkSize"]
            for place in [size // 2, 0, chunk - 1, chunk, max(0, size - 1), size]:
                await settled(out.seek(place))
                read = await settled(out.read(1000))
                same_bytes(read, content[place:place + 1000], f"from {place}")
                equal(out.tell(), place + len(read), "tell")
            await settled(out.seek(-min(size, 10), 2))
            same_bytes(await settled(out.read()), content[-10:], "the last ten")
            await settled(out.seek(size // 2))
            same_bytes(await settled(out.readchunk()), content[size // 2:(size // 2 // chunk + 1) * chunk], "readchunk")
            await settled(out.seek(0))
            same_bytes(await settled(out.readline()), io.BytesIO(content).readline(), "readline")

        async def no_revision():
            try:
                await settled(bucket.open_download_stream_by_name(file["filename"], revision=revisions))
            except gridfs.NoFile:
                return
            raise AssertionError("it is there")

        await check(name + "its document", document)
        await check(name + "its chunks one by one", chunks)
        await check(name + "by id", by_id)
        await check(name + "into a stream", by_stream)
        await check(name + f"by name and revision {revision}", by_name, revision)
        await check(name + f"by name and revision {revision - revisions}", by_name, revision - revisions)
        await check(name + "with seeks", seeking)
        if revision == 0:
            await check(name + f"not by revision {revisions}", no_revision)

    # ---- changing ----

    async def write_changeable(self, name):
        for number, filename in enumerate(WRITTEN):
            content = f"{number} {filename}".encode()
            await settled(self.bucket(name).upload_from_stream_with_id(number, filename, content))

    async def change(self, name):
        bucket = self.bucket(name)

        async def calling(method, *arguments):
            await settled(getattr(bucket, method)(*arguments))

        await check(f"{self.api} deletes by id in {name}", calling, "delete", WRITTEN.index("delete by id"))
        await check(f"{self.api} deletes by name in {name}", calling, "delete_by_name", "delete by name")
        await check(f"{self.api} renames by id in {name}", calling, "rename", WRITTEN.index("rename by id"),
                    'renamed by id "π"')
        await check(f"{self.api} renames by name in {name}", calling, "rename_by_name", "rename by name",
                    'renamed by name "π"')

    async def changed(self, name):
        bucket = self.bucket(name)
        found = await listed(bucket.find({}, sort=[("_id", 1)]))
        equal([file.filename for file in found], LEFT)
        for file in found:
            out = await settled(bucket.open_download_stream(file._id))
            equal(await settled(out.read()), f"{file._id} {WRITTEN[file._id]}".encode())
        equal(sorted(await settled(self.database[name].chunks.distinct("files_id"))), [file._id for file in found])

    # ---- indexes ----

    async def indexes(self, name):
        return [(part, {key: value for key, value in index.items() if key != "ns"})
                for part in ("files", "chunks")
                for index in await listed(self.database[name][part].list_indexes())]

    async def write_indexes(self, name):
        bucket = self.bucket(name)
        await settled(bucket.delete(await settled(bucket.upload_from_stream("gone", b"1"))))

    async def keep_indexes(self, name):
        before = await self.indexes(name)
        equal(len(before), 4, "indexes")
        self.sent.names.clear()
        await settled(self.bucket(name).upload_from_stream("here", b"here"))
        equal(("listIndexes" in self.sent.names, "insert" in self.sent.names, "createIndexes" in self.sent.names),
              (True, True, False), f"{self.sent.names}")
        equal(await self.indexes(name), before, "indexes")

    async def make_again(self, name):
        before = await self.indexes(name)
        await settled(self.database[name].files.create_index([("filename", 1), ("uploadDate", 1)], unique=False))
        await settled(self.database[name].chunks.create_index([("files_id", 1), ("n", 1)], unique=True))
        equal(await self.indexes(name), before, "indexes")

    async def answer(self, files):
        await self.read(files)
        await check(f"{self.api} finds what Rotor has left", self.changed, f"changed_of_{self.api}")
        await self.change(f"changed_by_{self.api}")
        name = f"indexes_for_{self.api}"
        await check(f"{self.api} makes no index in {name}, which has Rotor's", self.keep_indexes, name)
        await check(f"{self.api} may ask for the indexes of {name} again", self.make_again, name)


async def main(step, uri, database, folder):
    folder = Path(folder)
    halves = [Half(api, uri, database, folder) for api in ("sync", "async")]
    if step == "write":
        halves[0].client.drop_database(database)
        for half in halves:
            await half.write()
        manifest = {"files": [file for half in halves for file in half.stored]}
        (folder / "pymongo.json").write_text(
            json_util.dumps(manifest, json_options=json_util.CANONICAL_JSON_OPTIONS), encoding="utf-8")
    elif step == "answer":
        manifest = json_util.loads((folder / "rotor.json").read_text(encoding="utf-8"),
                                   json_options=json_util.CANONICAL_JSON_OPTIONS)
        for half in halves:
            await half.answer(manifest["files"])
    else:
        raise SystemExit(f"no step {step}")
    for half in halves:
        await settled(half.client.close())


asyncio.run(main(*sys.argv[1:]))
sys.exit(1 if failed else 0)
