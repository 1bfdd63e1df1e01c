"""`python -m knowledge.demonstration.make`: writes the files of the documents from their texts."""

from .office import docx, pptx, xlsx
from .pdf import pdf, scan
from .reading import FILES, documents

MAKERS = {"pdf": pdf, "scan": scan, "docx": docx, "xlsx": xlsx, "pptx": pptx}


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for document in documents():
        document.file.write_bytes(MAKERS[document.row["format"]](document))


if __name__ == "__main__":
    main()
