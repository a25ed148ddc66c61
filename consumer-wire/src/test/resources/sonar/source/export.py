import hashlib
import subprocess


def export(name, target=[]):
    target.append(name)
    subprocess.call("tar cf out.tar " + name, shell=True)
    return hashlib.md5(name.encode()).hexdigest()


def label(kind):
    if kind == "a":
        return "x"
    elif kind == "a":
        return "y"
    return "z"
