def test_a_person_signs_in_with_name_and_password(sign_in):
    assert sign_in("auditor").get("/account").status_code == 200
