import re
import pytest
from django.test import Client as Browser
pytestmark = pytest.mark.django_db
def test_smoke() -> None:
    b = Browser()
    for a in ("find/","find/next/","find/questions/purpose/","find/results/","assessments/crs/","assessments/citizenship/","assessments/visitor-visa/", "assessments/language/"):
        for l in ("en","fr"):
            r=b.get(f"/{l}/{a}"); print(l,a,r.status_code,r.headers.get("location"),len(r.content))
    at="/en/find/next/"
    answers={"purpose":"live","first_language_name":"en"}
    n=0
    while n<25:
        r=b.get(at,follow=True); at=r.redirect_chain[-1][0] if r.redirect_chain else at
        if "results" in at: break
        n+=1
        html=r.content.decode(); print(at, re.sub(r"\s+"," ",re.findall(r'<p class="kicker">(.*?)</p>',html,re.S)[0]))
        names=dict.fromkeys(re.findall(r'name="([a-z_.A-Z]+)"',html))
        post={}
        for name in names:
            if name in ("csrfmiddlewaretoken","skip"): continue
            m=re.findall(rf'name="{re.escape(name)}" id="[^"]*" value="([^"]*)"',html)
            v=answers.get(name)
            if v is None:
                radios=re.findall(rf'type="radio" name="{re.escape(name)}" id="[^"]*" value="([^"]*)"',html)
                v=radios[-1] if radios else "30" if name=="age" else "9" if "clb" in name else "2"
            post[name]=v
        r=b.post(at,post); print(r.status_code,post)
        assert r.status_code==302, re.findall(r'class="wrong".*',html)
        at=r.headers["location"]
    print(n)
    r=b.get("/en/find/results/"); t=re.sub(r"<[^>]+>"," ",r.content.decode()); print(re.sub(r"\s+"," ",t)[:3000])
    r=b.get("/en/find/results/skilled-worker/"); print(r.status_code); t=re.sub(r"<[^>]+>"," ",r.content.decode()); print(re.sub(r"\s+"," ",t)[:6000])
    r=b.get("/fr/find/answers/");t=re.sub(r"<[^>]+>"," ",r.content.decode()); print(re.sub(r"\s+"," ",t)[:3000])
    r=b.get("/fr/assessments/crs/"); print(len(r.content))
    r=b.post("/en/assessments/crs/",{"age":"30","education":"masters"}); print(r.status_code); t=re.sub(r"<[^>]+>"," ",r.content.decode()); print(re.sub(r"\s+"," ",t)[:3000])
    print(len(b.cookies["answers"].value))
