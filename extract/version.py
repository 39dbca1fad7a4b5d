"""The version of the tool: what ``documents.tool_version`` and the package say."""

VERSION = "0.1.0"
