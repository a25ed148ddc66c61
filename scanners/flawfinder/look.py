"""Runs flawfinder on copies of the C and C++ files of a source, and completes its report.

flawfinder stops at the first file that is not UTF-8, reads files of any size whole, ends with 0 where
there was nothing to look at, and puts names into its report that are no URIs. So it gets a folder with
all that it can read in it, and nothing else.
"""

import json
import os
import stat
import subprocess
import sys
import urllib.parse

LARGEST = 16 * 1024 * 1024
MOST_TROUBLES = 1000
# Those that flawfinder looks at.
ENDINGS = (
    ".c .h .ec .ecp .pgc .C .cpp .CPP .cxx .cc .CC .c++ .pcc .pc .sc .hpp .H"
).split()

source = os.environ["SCAN_SOURCE"]
troubles = []


def trouble(text):
    troubles.append({"level": "error", "message": {"text": text}})


def display(name):
    return os.fsencode(name).decode("utf-8", "replace")


def sources():
    """The plain files that flawfinder would look at. Links are no files: they may lead anywhere."""
    for folder, folders, names in os.walk(source, onerror=lambda e: trouble(display(str(e)))):
        folders.sort()
        for name in sorted(names):
            place = os.path.join(folder, name)
            if os.path.splitext("x" + name)[1] in ENDINGS and stat.S_ISREG(os.lstat(place).st_mode):
                yield place


def read(place):
    # It may have become a link since it was seen.
    with open(os.open(place, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise OSError("has more than %d bytes" % LARGEST)
    return content.decode("utf-8", "replace")


def copy(place, stage):
    name = os.path.relpath(place, source)
    try:
        text = read(place)
    except OSError as e:
        trouble("%s: %s" % (display(name), e.strerror or e))
        return False
    to = os.path.join(stage, name)
    os.makedirs(os.path.dirname(to), exist_ok=True)
    with open(to, "x", encoding="utf-8", newline="") as file:
        file.write(text)
    return True


def look(stage):
    command = ["flawfinder", "--sarif", "--neverignore", "--followdotdir", "--dataonly", "--quiet"]
    # It is Python as well, and must not be told by others what to load.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ran = subprocess.run(
        command + ["--", "."], cwd=stage, env=clean, stdout=subprocess.PIPE, check=False
    )
    if ran.returncode != 0:
        sys.stdout.buffer.write(ran.stdout[:4000])
        print("flawfinder ended with exit code %d" % ran.returncode)
        sys.exit(ran.returncode if ran.returncode > 0 else 1)
    try:
        report = json.loads(ran.stdout)
        report["runs"][0]["results"]
    except (ValueError, LookupError, TypeError):
        sys.exit("flawfinder wrote no report")
    return report


def nothing():
    trouble("there is no C or C++ that can be read in the source, so nothing was looked at")
    return {
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "Flawfinder"}}, "results": []}],
    }


def complete(run):
    # It points to a list of the CWE that is not sent along, so that the run would be half of one.
    run.pop("externalPropertyFileReferences", None)
    for result in run["results"]:
        for location in result["locations"]:
            artifact = location["physicalLocation"]["artifactLocation"]
            path = os.fsencode(os.path.normpath(artifact["uri"]))
            artifact.clear()
            artifact["uri"] = urllib.parse.quote(path)
    told = troubles[:MOST_TROUBLES]
    if len(troubles) > MOST_TROUBLES:
        text = "and %d more" % (len(troubles) - MOST_TROUBLES)
        told.append({"level": "error", "message": {"text": text}})
    run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": told}]


def main():
    stage = os.path.join(os.getcwd(), "stage")
    os.mkdir(stage)
    count = sum([copy(place, stage) for place in sources()])
    report = look(stage) if count > 0 else nothing()
    complete(report["runs"][0])
    with open(os.environ["SCAN_REPORT"], "x", encoding="ascii") as file:
        json.dump(report, file)
    print("looked at %d files" % count)


main()
