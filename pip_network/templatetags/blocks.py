"""How a component becomes a tag that encloses a part of a page."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Engine
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString


class BlockNode(template.Node):
    """What stands between the tags, in one part or two, and the template that draws it."""

    child_nodelists = ("first", "second")

    def __init__(
        self,
        function: Callable[..., dict[str, Any]],
        drawn_by: str,
        arguments: Sequence[FilterExpression],
        named: Mapping[str, FilterExpression],
        first: NodeList,
        second: NodeList | None,
    ) -> None:
        self.function, self.drawn_by = function, drawn_by
        self.arguments, self.named = arguments, named
        self.first, self.second = first, second

    def render(self, context: Context) -> SafeString:
        arguments = [argument.resolve(context) for argument in self.arguments]
        named = {name: argument.resolve(context) for name, argument in self.named.items()}
        second = self.second.render(context) if self.second is not None else None
        values = self.function(self.first.render(context), second, *arguments, **named)
        values |= {"request": context.get("request"), "user": context.get("user")}
        engine = context.template.engine if context.template else Engine.get_default()
        return engine.get_template(self.drawn_by).render(context.new(values))


def block_tag(
    library: template.Library, drawn_by: str, *, middle: str = ""
) -> Callable[[Callable], Callable]:
    """Register `{% name arguments %} first {% middle %} second {% endname %}`.

    The function gets both parts as they were drawn, the second as None where it was not begun, and
    then the arguments of the tag; it returns what `drawn_by` is drawn with. Its signature is the
    tag's: an argument that it does not know or misses is an error when the template is read.
    """

    def register(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        name = function.__name__

        def read(parser: Parser, token: Token) -> BlockNode:
            arguments, named = _arguments(parser, token)
            try:
                inspect.signature(function).bind(None, None, *arguments, **named)
            except TypeError as error:
                raise TemplateSyntaxError(f"{name}: {error}.") from error
            first, second = parser.parse([f"end{name}", *filter(None, [middle])]), None
            if parser.next_token().contents == middle:
                second = parser.parse([f"end{name}"])
                parser.delete_first_token()
            return BlockNode(function, drawn_by, arguments, named, first, second)

        library.tag(name, read)
        return function

    return register


def _arguments(
    parser: Parser, token: Token
) -> tuple[list[FilterExpression], dict[str, FilterExpression]]:
    arguments: list[FilterExpression] = []
    named: dict[str, FilterExpression] = {}
    for bit in token.split_contents()[1:]:
        if keyword := token_kwargs([bit], parser):
            named |= keyword
        else:
            arguments.append(parser.compile_filter(bit))
    return arguments, named
