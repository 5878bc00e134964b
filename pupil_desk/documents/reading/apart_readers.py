"""The readers of files from outside that run apart: the child process answers to these, and to nothing else."""

from pupil_desk.documents.reading.table_file import read_whole
from pupil_desk.documents.reading.xml_tree import elements

READERS = (read_whole, elements)
