"""What turns the text of a YAML file into data: OmegaConf's reader on top of libyaml, which is many times quicker.

The stored configuration of a point has thousands of lines, and each command reads some. libyaml finds the words; what
they mean is decided by the same code either way. Its messages are worse, so whoever meets a fault reads
the text again with :func:`careful`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from omegaconf._utils import get_yaml_loader
from yaml.composer import Composer


@cache
def careful() -> Any:
    """Return the loader whose messages say best what is wrong with a text."""
    return get_yaml_loader()


@cache
def quick() -> Any:
    """Return the quickest loader that there is here; without libyaml that is the careful one."""
    if not yaml.__with_libyaml__:
        return careful()
    from yaml._yaml import CParser

    ours: Any = careful()

    class Quick(CParser, ours):  # type: ignore[misc]  # a class that is only known at run time
        """libyaml's events, of which PyYAML makes nodes: its composer ends in an error where libyaml's own ends us."""

        check_node = Composer.check_node
        get_node = Composer.get_node
        get_single_node = Composer.get_single_node
        compose_document = Composer.compose_document
        compose_node = Composer.compose_node
        compose_scalar_node = Composer.compose_scalar_node
        compose_sequence_node = Composer.compose_sequence_node
        compose_mapping_node = Composer.compose_mapping_node

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            Composer.__init__(self)
            yaml.constructor.SafeConstructor.__init__(self)
            yaml.resolver.Resolver.__init__(self)

    return Quick
