"""What LaTeX commands and letters stand for in Unicode, and how each meets its neighbours in a formula."""

from typing import Final

# Command and character in turn; ~ is a space. The keys are the kinds of `quiz.terminal.boxes.Box`.
_NAMED: Final = {
    "relation": "leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ in ∈ notin ∉ ni ∋"
    " subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow → longrightarrow → leftarrow ← gets ← leftrightarrow ↔"
    " Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦ ll ≪ gg ≫ lt < gt > mid | parallel ∥ perp ⊥"
    " coloneqq ≔ triangleq ≜ lesssim ≲ gtrsim ≳ models ⊨ vdash ⊢ times × cdot · odot ⊙ otimes ⊗ oplus ⊕ cup ∪ cap ∩"
    " setminus ∖ circ ∘ ast ∗ star ⋆ bullet • div ÷ wedge ∧ land ∧ vee ∨ lor ∨ succ ≻ prec ≺ uparrow ↑ downarrow ↓",
    "sign": "pm ± mp ∓",
    "operand": "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ"
    " lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ"
    " psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞"
    " nabla ∇ partial ∂ ell ℓ hbar ℏ forall ∀ exists ∃ neg ¬ lnot ¬ emptyset ∅ varnothing ∅ ldots … dots … cdots ⋯"
    " vdots ⋮ ddots ⋱ top ⊤ bot ⊥ prime ′ dagger † dag † Re ℜ Im ℑ aleph ℵ angle ∠ square □ checkmark ✓ % % # # $ $"
    " & & _ _ vert | Vert ‖ | ‖ backslash \\",
    "open": "{ { lbrace { lbrack [ lfloor ⌊ lceil ⌈ langle ⟨ lvert | lVert ‖",
    "close": "} } rbrace } rbrack ] rfloor ⌋ rceil ⌉ rangle ⟩ rvert | rVert ‖",
    "big": "sum ∑ prod ∏ int ∫ iint ∬ oint ∮ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigodot ⨀",
    "word": "log log ln ln lg lg exp exp sin sin cos cos tan tan sinh sinh cosh cosh tanh tanh arcsin arcsin arccos"
    " arccos arctan arctan arg arg det det dim dim ker ker gcd gcd deg deg hom hom Pr Pr bmod mod mod mod",
    "limit": "lim lim max max min min sup sup inf inf argmax argmax argmin argmin limsup limsup liminf liminf",
    "space": ", ~ : ~ ; ~ > ~ quad ~~ qquad ~~~~",
}
SYMBOLS: Final[dict[str, tuple[str, str]]] = {
    name: (text.replace("~", " "), kind)
    for kind, pairs in _NAMED.items()
    for name, text in zip(pairs.split()[::2], pairs.split()[1::2], strict=True)
} | {" ": (" ", "space")}
"""A command's name: its text and kind."""

KINDS: Final = (
    dict.fromkeys("=<>≤≥≠≈∼∈→←×·⊙", "relation")
    | dict.fromkeys("+-±", "sign")
    | dict.fromkeys("([", "open")
    | dict.fromkeys(")]", "close")
    | dict.fromkeys(",;:", "comma")
    | dict.fromkeys("/*", "tight")
    | {"~": "space"}
)
"""The kinds of characters that are no operands."""

_GROUPS: Final = {
    "ignored": "! displaystyle textstyle scriptstyle limits nolimits nonumber mathstrut hline middle rm bf it big Big"
    " bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr",
    "fraction": "frac dfrac tfrac cfrac",
    "text": "text textrm textit textbf textsf texttt mbox hbox",
    "word": "operatorname mathrm mathsf mathtt mathit mathbf mathnormal mathfrak boldsymbol bm pmb boxed mathop mathbin"
    " mathrel mathord underbrace overbrace",
}
GROUPS: Final = {name: group for group, names in _GROUPS.items() for name in names.split()}
"""Commands that are treated alike."""

ACCENTS: Final = (
    {"hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "vec": "\u20d7"}
    | {"overline": "\u0305", "underline": "\u0332", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c"}
    | {"breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a"}
)
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SCRIPT: Final = dict(zip(_CAPITALS, "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵", strict=True))
_DOUBLE: Final = dict(zip(_CAPITALS + "1", "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ𝟙", strict=True))
ALPHABETS: Final = {"mathbb": _DOUBLE, "mathcal": _SCRIPT, "mathscr": _SCRIPT}

# Unicode raises too few capitals for W^Q, W^K and W^V to look alike: only the transpose is raised.
RAISED: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzTβ∘*∗⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝ°**ᵀ′",
        strict=True,
    )
)
LOWERED: Final = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)

TALL: Final = {
    "(": "⎛⎜⎝⎜",
    ")": "⎞⎟⎠⎟",
    "[": "⎡⎢⎣⎢",
    "]": "⎤⎥⎦⎥",
    "{": "⎧⎨⎩⎪",
    "}": "⎫⎬⎭⎪",
    "|": "││││",
    "‖": "║║║║",
} | {"⌊": "⎢⎢⎣⎢", "⌋": "⎥⎥⎦⎥", "⌈": "⎡⎢⎢⎢", "⌉": "⎤⎥⎥⎥"}
"""Delimiters taller than a row: the top, the middle, the bottom, and what fills the rows between."""

FENCES: Final = {"pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖", "cases": "{"}
"""The delimiters that an environment brings along."""
GRIDS: Final = FENCES.keys() | {"matrix", "smallmatrix", "array", "aligned", "align", "align*", "split", "gathered"}
