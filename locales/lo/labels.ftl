# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = ຂ່າວ
kind-feature = ບົດຂຽນເຈາະເລິກ
kind-press_release = ບົດຖະແຫຼງຂ່າວ
kind-statement = ຄຳຊີ້ແຈງ
kind-event = ກິດຈະກຳ
kind-investment = ໂອກາດການລົງທຶນ
kind-destination = ແຫຼ່ງທ່ອງທ່ຽວ

state-draft = ຮ່າງ
state-in_review = ກຳລັງພິຈາລະນາ
state-changes_requested = ຂໍໃຫ້ແກ້ໄຂ
state-approved = ອະນຸມັດແລ້ວ
state-scheduled = ກຳນົດເວລາເຜີຍແຜ່ແລ້ວ
state-published = ເຜີຍແຜ່ແລ້ວ
state-withdrawn = ຖອນແລ້ວ
state-retracted = ຮຽກຄືນແລ້ວ

role-author = ຜູ້ຂຽນ
role-translator = ຜູ້ແປ
role-reviewer = ຜູ້ພິຈາລະນາ
role-approver = ຜູ້ອະນຸມັດ
role-publisher = ຜູ້ຮັບຜິດຊອບການເຜີຍແຜ່
role-press_officer = ພະນັກງານພົວພັນສື່ມວນຊົນ
role-auditor = ຜູ້ກວດສອບ
role-admin = ຜູ້ຄຸ້ມຄອງລະບົບ

takedown-withdraw = ການຖອນບົດຄວາມ
takedown-retract = ການຮຽກຄືນບົດຄວາມ

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຍ້ອນມີຂໍ້ມູນທີ່ບໍ່ຖືກຕ້ອງຕາມຄວາມເປັນຈິງ.
reason-wrong_figure = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຍ້ອນມີຕົວເລກບໍ່ຖືກຕ້ອງ.
reason-wrong_name = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຍ້ອນລະບຸຊື່ຜິດ.
reason-legal = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ດ້ວຍເຫດຜົນທາງກົດໝາຍ.
reason-duplicate = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຍ້ອນໄດ້ເຜີຍແຜ່ຊ້ຳກັນສອງເທື່ອ.
reason-outdated = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຍ້ອນຂໍ້ມູນບໍ່ສອດຄ່ອງກັບສະພາບປັດຈຸບັນອີກແລ້ວ.
reason-request = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຕາມການສະເໜີຂອງບຸກຄົນ ຫຼື ການຈັດຕັ້ງທີ່ກ່ຽວຂ້ອງ.
reason-security = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ດ້ວຍເຫດຜົນດ້ານຄວາມປອດໄພຂອງຂໍ້ມູນຂ່າວສານ.
reason-expired = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ຍ້ອນໝົດກຳນົດເວລາເຜີຍແຜ່ແລ້ວ.
reason-source_retracted = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່ ໃນລະຫວ່າງທີ່ກຳລັງກວດຄືນຕົ້ນສະບັບ.
reason-other = ບົດຄວາມນີ້ໄດ້ຖືກຢຸດເຜີຍແຜ່.
