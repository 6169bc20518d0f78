"""HTML mails become text that can be folded: marked where they quote, and safe to show."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.language.folding import fold
from parvis.engines.language.plain import plain_of_html

PAGES = {
    "paragraphs": ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    "lines": ("One<br>Two<br/>Three<br><br>Four", "One\nTwo\nThree\n\nFour"),
    "divisions": ("<div>One</div><div>Two<div>Three</div></div>", "One\nTwo\nThree"),
    "an empty division": ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
    "spaces": ("  One \n\t two&nbsp;&nbsp;three  ", "One two three"),
    "letters by name and number": ("&eacute;t&#233; &#xe9; &lt;b&gt; &amp;amp;", "été é <b> &amp;"),
    "a number without end": (f"&#{'9' * 5000};", f"&#{'9' * 5000};"),
    "a list": ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
    "a table": (
        "<table><tr><th>Form</th><td>IMM 5476</td></tr><tr><td>Day</td><td>3</td></tr></table>",
        "Form IMM 5476\nDay 3",
    ),
    "a quotation": (
        "<p>Yes</p><blockquote><p>One</p><p>Two</p></blockquote>", "Yes\n>\n> One\n>\n> Two",
    ),
    "quotations within": (
        "a<blockquote>b<blockquote>c</blockquote>d</blockquote>e",
        "a\n>\n> b\n>>\n>> c\n>\n> d\n\ne",
    ),
    "a quotation that was never opened": ("a</blockquote></blockquote>b", "a\n\nb"),
    "scripts and styles": (
        "<style>p{}</style><p>One</p><script>if (a<b) alert('x')</script><SCRIPT>x</SCRIPT >Two",
        "One\n\nTwo",
    ),
    "a script that never ends": ("One<script>Two<p>Three", "One"),
    "a comment, a doctype, a condition": (
        "<!DOCTYPE html><!-- <p>no</p> --><![if !mso]>Yes<![endif]><?xml version='1'?>", "Yes",
    ),
    "a comment that never ends": ("One<!-- Two", "One"),
    "an attribute that holds a bracket": ("<a title='a > b' href=\"x>y\">One</a>", "One"),
    "an address": ('<a href="https://example.org/phish">Your bank</a>', "Your bank"),
    "less than": ("3 < 4 and 5 <6, <3", "3 < 4 and 5 <6, <3"),
    "a tag that never ends": ("One <b Two", "One <b Two"),
    "text as it stands": ("<pre>a  b\n  c</pre>", "a  b\n  c"),
    "a rule": ("a<hr>b", f"a\n{'_' * 32}\nb"),
    "letters without width": ("pass\u200bport\ufeff &shy;s", "passport s"),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", PAGES)
def test_html_is_read(what: str) -> None:
    html, text = PAGES[what]
    assert plain_of_html(html) == text


MAILS = {
    "Gmail": (
        """<div dir="ltr">C’est fait.<div><br></div></div><br><div class="gmail_quote">
        <div dir="ltr" class="gmail_attr">Le mer. 3 janv. 2024 à 10:22, Centre &lt;<a
        href="mailto:a@example.org">a@example.org</a>&gt; a écrit :<br></div>
        <blockquote class="gmail_quote"><div>Est-ce fait?</div></blockquote></div>""",
        "C’est fait.",
    ),
    "Outlook": (
        """<html><head><style>p.MsoNormal{margin:0}</style></head><body>
        <p class="MsoNormal">Done.</p><div style="border-top:solid"><p><b>From:</b> Support
        &lt;a@example.org&gt;<br><b>Sent:</b> January 3, 2024<br><b>To:</b> Test Person<br>
        <b>Subject:</b> Done?</p></div><p>Is it done?</p></body></html>""",
        "Done.",
    ),
    "Outlook on a telephone": (
        """<div>Oui</div><div>Obtenir <a href="https://aka.example.org">Outlook pour iOS</a></div>
        <hr><div id="divRplyFwdMsg"><b>De :</b> Centre<br><b>Envoyé :</b> 3 janvier<br><b>À :</b>
        Personne Essai<br><b>Objet :</b> Oui?</div><div>Oui?</div>""",
        "Oui",
    ),
    "Apple Mail, answers between": (
        """<blockquote type="cite"><div>On Jan 3, 2024, at 10:22 AM, Support wrote:</div>
        <div>Name?</div></blockquote><div>Test Person</div><blockquote type="cite">
        <div>Town?</div></blockquote><div>Moncton</div>""",
        "Test Person\n\nMoncton",
    ),
}


@pytest.mark.parametrize("client", MAILS)
def test_an_html_mail_is_folded(client: str) -> None:
    html, said = MAILS[client]
    assert fold(plain_of_html(html)).said == said


@given(
    st.lists(
        st.sampled_from(
            [
                *("<p>", "</p>", "<b", "<", ">", "'", '"', "=", "<!--", "-->", "&", "&#", ";"),
                *("<blockquote>", "</blockquote>", "<pre>", "</pre>", "<script>", "</script>"),
                *("</", "x", "\n"),
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=400, deadline=None)
def test_any_html_can_be_read(parts: list[str]) -> None:
    assert isinstance(plain_of_html("".join(parts)), str)


MALICE = {
    "open tags": "<a ",
    "open quotes": '<a b="',
    "open quotes of both kinds": "<a b=\"' c='",
    "nested quotations": "<blockquote>x",
    "comments": "<!--",
    "conditions": "<!",
    "brackets": "<",
    "closing brackets": "</",
    "formatting without end": "<font size=1><p>x",
    "nested tables": "<table><tr><td>",
    "scripts": "<script>",
    "names": "&amp;",
    "numbers": "&#1",
    "text as it stands": "<pre>\n",
    "spaces": " ",
}


@pytest.mark.parametrize("what", MALICE)
def test_time_and_size_grow_with_the_length_and_no_faster(what: str) -> None:
    def seconds(size: int) -> float:
        html = "<p>Bonjour</p>" + MALICE[what] * (size // len(MALICE[what]))
        began = process_time()
        assert len(plain_of_html(html)) < 10 * len(html)
        return process_time() - began

    short = min(seconds(30_000) for _ in range(3))
    assert seconds(300_000) < 40 * short + 0.2
