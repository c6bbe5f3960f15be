# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = ວັນທີ { DATETIME($at, day: "numeric") } { DATETIME($at, month: "long") } { DATETIME($at, year: "numeric") }, ເວລາ { DATETIME($at, timeStyle: "short") } ({ $zone })
page-published-at = ເຜີຍແຜ່ໃນ{ $moment }
page-updated-at = ປັບປຸງໃນ{ $moment }
page-version = ເວີຊັນ { $version }

page-agency = ອົງການ
page-topics = ຫົວຂໍ້
page-other-languages = ໃນພາສາອື່ນ
page-stale = ຕົ້ນສະບັບໄດ້ປ່ຽນແປງ ຫຼັງຈາກເຮັດສະບັບແປນີ້ແລ້ວ. ເນື້ອໃນບາງສ່ວນຂ້າງລຸ່ມນີ້ ອາດຍັງບໍ່ທັນໄດ້ປັບປຸງຕາມ.

page-corrections = ການແກ້ໄຂຂໍ້ຜິດພາດ
page-correction = ການແກ້ໄຂຂໍ້ຜິດພາດຄັ້ງທີ { $number }, { $moment }

page-notice-withdraw = ບົດຄວາມນີ້ໄດ້ຖືກຖອນແລ້ວ
page-notice-retract = ບົດຄວາມນີ້ໄດ້ຖືກຮຽກຄືນແລ້ວ
page-taken-down-at = ຢຸດເຜີຍແຜ່ໃນ{ $moment }

page-preview = ສະບັບເບິ່ງກ່ອນ, ຍັງບໍ່ທັນໄດ້ເຜີຍແຜ່
    .detail = ຂໍ້ຄວາມນີ້ຍັງບໍ່ທັນໄດ້ເຜີຍແຜ່ ແລະ ສະແດງໄວ້ເພື່ອກວດເບິ່ງເທົ່ານັ້ນ. ກະລຸນາຢ່າອ້າງອີງ ຫຼື ສົ່ງຕໍ່. ລິ້ງນີ້ຈະໝົດອາຍຸ { $moment }.

page-verify = ກວດສອບວ່າບົດຄວາມນີ້ເປັນຂອງແທ້
    .detail = ບົດຄວາມມີຄ່າ hash ຂອງເນື້ອໃນ ແລະ ລາຍເຊັນດິຈິຕອນ ຊຶ່ງທຸກຄົນສາມາດໃຊ້ກວດສອບໄດ້ວ່າ ບົດຄວາມນີ້ກົງກັບເນື້ອໃນທີ່ໄດ້ເຜີຍແຜ່ທຸກປະການ.
page-content-hash = ຄ່າ hash ຂອງເນື້ອໃນ (SHA-256)
page-signature = ລາຍເຊັນດິຈິຕອນ

page-feeds = ຟີດຂ່າວ
    .detail = ຕິດຕາມຂ່າວ ແລະ ບົດຄວາມຂອງ { $office } ດ້ວຍໂປຣແກຣມອ່ານຟີດທີ່ທ່ານເລືອກ.
page-home = ໜ້າຫຼັກ
page-older = ຂ່າວເກົ່າກວ່າ
page-empty = ຍັງບໍ່ທັນມີຂ່າວ ຫຼື ບົດຄວາມເຜີຍແຜ່ຢູ່ນີ້.
