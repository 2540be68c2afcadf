"""Stores a file with gridfs.GridFS.put, its fields beside the name as was usual before there was metadata. Runs with
PyMongo from 3.13 on; versions before 4 add an md5.

pymongo-gridfs-legacy.py CONNECTION_STRING DATABASE FOLDER BUCKET
"""

import os
import random
import sys

import gridfs
import pymongo
from bson import json_util

uri, database, folder, bucket = sys.argv[1:]
client = pymongo.MongoClient(uri)
content = bytes(random.Random(3).getrandbits(8) for _ in range(300000))
file_id = gridfs.GridFS(client[database], bucket).put(
    content, filename="legacy", contentType="text/x-legacy", aliases=["other name", u"\u03c0"], author="somebody")
client.close()
with open(os.path.join(folder, bucket), "wb") as out:
    out.write(content)
with open(os.path.join(folder, bucket + ".json"), "w") as out:
    out.write(json_util.dumps({"_id": file_id, "version": pymongo.version, "md5": pymongo.version_tuple < (4,)}))
print("ok    PyMongo %s writes with GridFS.put into %s" % (pymongo.version, bucket))
