const flood = (mark: string) => `flood${mark.repeat(400)}`;

/**
 * Text that has broken consoles: markup that runs, text that is taken for something else, text that turns or hides what
 * stands around it, and text that no storage keeps. What runs sets `__pwned` on the window, or opens a dialog.
 */
export const hostileStrings: readonly string[] = [
  // Markup that runs where it is taken for markup.
  "<script>window.__pwned=1</script>",
  '"><script>window.__pwned=1</script>',
  "</script><script>window.__pwned=1</script>",
  "<scr<script>ipt>window.__pwned=1</scr</script>ipt>",
  "<img src=x onerror=window.__pwned=1>",
  "<svg onload=window.__pwned=1>",
  "<svg><animate onbegin=window.__pwned=1 attributeName=x dur=1s>",
  '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>',
  "<details open ontoggle=window.__pwned=1>",
  "<math><mi xlink:href='javascript:window.__pwned=1'>x</mi></math>",
  "<body onload=alert(1)>",
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
  "<form action=https://evil.example><button>Sign in</button></form>",
  "<style>*{display:none!important}</style>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "</title></head><body><h1>replaced</h1>",
  "<!--",
  "]]><![CDATA[<script>window.__pwned=1</script>]]>",
  "' onmouseover='window.__pwned=1",
  "`-window.__pwned=1-`",
  "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
  "&#x3C;img src=x onerror=window.__pwned=1&#x3E;",
  "\\u003cscript\\u003ewindow.__pwned=1\\u003c/script\\u003e",
  // Addresses that run.
  "javascript:window.__pwned=1",
  "JaVaScRiPt\t:window.__pwned=1",
  "java\nscript:alert(1)",
  "data:text/html,<script>window.__pwned=1</script>",
  "vbscript:msgbox(1)",
  "//evil.example/%2e%2e/",
  // Template syntax of many an engine.
  "{{constructor.constructor('window.__pwned=1')()}}",
  ["$", "{window.__pwned=1}"].join(""),
  "<%= 7 * 7 %>#{7*7}{7*7}@(7*7)",
  "%s %d %n %x %p",
  // Formulas of a spreadsheet.
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example","open")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  // Another language's quotes and paths.
  "'; drop table signalbox.jobs; --",
  "' or '1'='1",
  "../../../../etc/passwd",
  "C:\\..\\..\\windows",
  "$(reboot) `reboot` | reboot ; reboot",
  // Names that objects have already.
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  // What a terminal obeys.
  "\u001b[2J\u001b[31mred\u001b[0m",
  "\u001b]0;title\u0007\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\u0007\b\b\b\u007f\u009b31m",
  // What turns, hides or glues text.
  "invoice\u202egpj.exe",
  "\u2066\u202e\u2067isolated\u2069 and no end \u2068\u2067",
  "مرحبا بالعالم \u200f(admin)\u200e שלום",
  "zero\u200b\u200c\u200d\u2060\ufeffwidth",
  "раураl.com",
  "\u{e0061}\u{e0064}\u{e006d}\u{e0069}\u{e006e} tag letters",
  "line\u2028separator\u2029paragraph\u0085next\r\nline\u000bfeed\f",
  // Text that is too much.
  flood("\u0301\u0323\u0489"),
  "W".repeat(2_000),
  "﷽".repeat(120),
  "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏿🇳🇴🧑🏽‍🚀".repeat(20),
  "1".repeat(309),
  "-1.7976931348623157e+308 NaN Infinity 0x7fffffff",
  // Text that Postgres cannot keep.
  "nul\u0000byte",
  "lone \ud800 surrogate",
  "\udc00\ud800 turned surrogates",
];
