"""Sentences of many scripts on a narrow screen: lines end between words, and every sign has a font that knows it."""

import subprocess
import unicodedata

import pytest

pytestmark = pytest.mark.browser
SAID = {
    "ar": "هل تتقاضى أجرك في موعده كل شهر، ومن يحتفظ بجواز سفرك؟",
    "bn": "আপনি কি প্রতি মাসে সময়মতো বেতন পান, আর আপনার পাসপোর্ট কার কাছে থাকে?",
    "ja": "毎月決まった日に賃金を受け取っていますか。パスポートは誰が持っていますか。",
    "km": "តើអ្នកបានទទួលប្រាក់ឈ្នួលទាន់ពេលវេលារៀងរាល់ខែដែរឬទេ ហើយអ្នកណារក្សាទុកលិខិតឆ្លងដែនរបស់អ្នក",
    "ko": "매달 제때 임금을 받습니까? 그리고 여권은 누가 가지고 있습니까?",
    "lo": "ທ່ານໄດ້ຮັບຄ່າຈ້າງຕົງເວລາທຸກເດືອນບໍ ແລະໃຜເປັນຜູ້ເກັບຮັກສາໜັງສືຜ່ານແດນຂອງທ່ານ",
    "my": "သင်သည်လစဉ်လုပ်ခကိုအချိန်မှန်ရရှိပါသလား၊ သင့်နိုင်ငံကူးလက်မှတ်ကိုမည်သူသိမ်းထားသနည်း",
    "ne": "के तपाईंले हरेक महिना समयमै ज्याला पाउनुहुन्छ, र तपाईंको राहदानी कसले राख्छ?",
    "si": "සෑම මසකම ඔබට වැටුප් නියමිත වේලාවට ලැබෙනවාද, ඔබේ විදේශ ගමන් බලපත්‍රය ළඟ තබාගන්නේ කවුද?",
    "ta": "ஒவ்வொரு மாதமும் உங்களுக்குச் சரியான நேரத்தில் ஊதியம் கிடைக்கிறதா, உங்கள் கடவுச்சீட்டை யார் வைத்திருக்கிறார்கள்?",
    "th": "คุณได้รับค่าจ้างตรงเวลาทุกเดือนหรือไม่และใครเป็นคนเก็บหนังสือเดินทางของคุณไว้",
    "vi": "Hằng tháng anh chị có được trả lương đúng hạn không, và ai giữ hộ chiếu của anh chị?",
    "zh": "您每个月都能按时领到全部工资吗？您的护照和其他证件现在由谁保管？",
}
SURVEY = (
    "name: tiny\ntitle: Scripts\nrespondent: worker\nlanguages: [en]\n"
    "choices:\n  yes_no:\n    - {name: yes, label: Yes}\n    - {name: no, label: No}\nquestions:\n"
) + "".join(f'  - {{type: select_one yes_no, name: {code}, label: "{words}"}}\n' for code, words in SAID.items())
ENDS_OF_LINES = """(label) => {
  const node = document.createTreeWalker(label, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  const ends = [];
  let line = null;
  for (const { index, segment } of new Intl.Segmenter().segment(node.data)) {
    range.setStart(node, index);
    range.setEnd(node, index + segment.length);
    const box = range.getBoundingClientRect();
    if (line !== null && segment.trim() && box.top > line + 4) ends.push(index);
    if (segment.trim()) line = box.top;
  }
  const words = [...new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(node.data)];
  return [ends, words.map(({ index }) => index)];
}"""
ANYWHERE = ("ja", "zh")  # where a line may end between almost any two signs


def knows(family: str, sign: str) -> bool:
    asked = ["fc-list", f"{family}:charset={ord(sign):x}", "family"]
    return bool(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())


def families(page, session) -> list[str]:
    """The fonts with which the question in sight is drawn."""
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": ".screen.shown .label"})["nodeId"]
    return [each["familyName"] for each in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]


@pytest.mark.parametrize("width", [320, 360])
def test_lines_end_between_words_and_every_sign_has_a_font(tablet, tmp_path, width):
    page = tablet.page
    page.set_viewport_size({"width": width, "height": 640})
    tablet.open(SURVEY)
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    for code, words in SAID.items():
        page.evaluate("(code) => (document.documentElement.lang = code)", code)
        page.evaluate("(code) => (document.documentElement.dir = code === 'ar' ? 'rtl' : 'ltr')", code)
        page.screenshot(path=tmp_path / f"{code}-{width}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), code
        ends, starts = page.locator(".screen.shown .label").evaluate(ENDS_OF_LINES)
        assert ends, f"{code}: one line"
        assert not [words[at] for at in ends if unicodedata.category(words[at]) == "Po"], code
        if code not in ANYWHERE:
            assert set(ends) <= set(starts), (code, [words[:at] for at in ends if at not in starts])
        letter = next(sign for sign in words if sign.isalpha())
        if knows("", letter):  # a font of this machine
            assert any(knows(family, letter) for family in families(page, session)), code
        tablet.next()
