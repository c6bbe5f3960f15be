# ໃບອະນຸມັດ: ໜ້າສຳລັບພິມຂອງການເຜີຍແຜ່ແຕ່ລະຄັ້ງ ບອກວ່າໃຜໄດ້ອະນຸມັດເນື້ອໃນໃດ ແລະ ເວລາໃດ.

sheet-title = ໃບອະນຸມັດ
sheet-act-publish = ເຜີຍແຜ່
sheet-act-update = ປັບປຸງ
sheet-act-correct = ແກ້ໄຂຂໍ້ຜິດພາດ
sheet-act-withdraw = ຖອນບົດຄວາມ
sheet-act-retract = ຮຽກຄືນບົດຄວາມ
sheet-act-restore = ນຳກັບມາເຜີຍແຜ່
sheet-printed = ພິມເມື່ອ { $moment }
sheet-language = ພາສາ
sheet-article = ລະຫັດບົດຄວາມ
sheet-guid = ຕົວລະບຸສາກົນ
sheet-address = ທີ່ຢູ່ສາທາລະນະ

sheet-text = ເນື້ອໃນ

sheet-writers = ຜູ້ຂຽນ
sheet-workflow = ຂັ້ນຕອນການພິຈາລະນາ
sheet-submitted = ຜູ້ສະເໜີ
sheet-decisions = ຜົນການພິຈາລະນາ
sheet-no-case = ການຖອນບົດຄວາມ ບໍ່ຕ້ອງມີການອະນຸມັດ; ຜູ້ທີ່ມີສິດສາມາດປະຕິບັດໄດ້ທັນທີ.
sheet-stage = ຂັ້ນ
sheet-role = ບົດບາດ
sheet-person = ຜູ້ຕັດສິນ
sheet-on-behalf = { $person } (ຕາງໜ້າ { $owner })
sheet-verdict = ຄວາມເຫັນ
sheet-verdict-approve = ເຫັນດີ
sheet-verdict-request_changes = ຂໍໃຫ້ແກ້ໄຂ
sheet-when = ເວລາ
sheet-comment = ໝາຍເຫດຂອງຜູ້ພິຈາລະນາ
sheet-carried = ໃຫ້ແກ່ສະບັບແກ້ໄຂທີ { $revision }, ຄ່າ hash { $hash }
sheet-changes = ສິ່ງທີ່ປ່ຽນແປງຫຼັງຄຳເຫັນເຫຼົ່ານັ້ນ
sheet-changes-note = ຄຳເຫັນທີ່ມີເລກສະບັບແກ້ໄຂ ແມ່ນໃຫ້ແກ່ບົດສະບັບກ່ອນ. ລະຫວ່າງບົດນັ້ນ ແລະ ບົດນີ້ ມີພຽງຂໍ້ສະເໜີທີ່ໄດ້ຮັບເອົາຕາມລາຍການລຸ່ມນີ້; ຂັ້ນຕອນຕໍ່ມາໄດ້ອະນຸມັດບົດນີ້ທັງໝົດ.
sheet-revision = ສະບັບແກ້ໄຂ
sheet-before = ກ່ອນ
sheet-after = ຫຼັງ
sheet-suggested-by = ຜູ້ສະເໜີ
sheet-taken-by = ຜູ້ຮັບເອົາ

sheet-made-by = ຜູ້ປະຕິບັດ
sheet-note = ໝາຍເຫດສາທາລະນະ
sheet-reason = ເຫດຜົນ

sheet-approval-hash = ຄ່າ hash ຂອງການອະນຸມັດ (SHA-256)
sheet-envelope-hash = ຄ່າ hash ຂອງຊອງ (SHA-256)
sheet-key = ກະແຈເຊັນ

sheet-sound = ເນື້ອໃນ, ຜົນການພິຈາລະນາ ແລະ ລາຍເຊັນໃນໃບນີ້ ກົງກັນ.
sheet-unsound = ເນື້ອໃນ, ຜົນການພິຈາລະນາ ຫຼື ລາຍເຊັນໃນໃບນີ້ ບໍ່ກົງກັນ. ຢ່າໃຊ້ໃບນີ້ ແລະ ກະລຸນາແຈ້ງຜູ້ດູແລລະບົບທັນທີ.

sheet-verify = ວິທີກວດສອບ
sheet-verify-text = ຄ່າ hash ຂອງເນື້ອໃນ ແມ່ນ SHA-256 ຂອງໄບຕ໌ທັງໝົດທີ່ຢູ່ນີ້:
sheet-verify-envelope = ຄ່າ hash ຂອງຊອງ ແລະ ລາຍເຊັນ ຄິດໄລ່ຈາກໄບຕ໌ທັງໝົດທີ່ຢູ່ນີ້:
sheet-verify-keys = ກະແຈສາທາລະນະທີ່ລະບຸໃນໃບນີ້ ຢູ່ທີ່ນີ້:
