# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office } – ຂ່າວ ແລະ ບົດຄວາມທັງໝົດ
    .description = ຂ່າວ ແລະ ບົດຄວາມທັງໝົດ ທີ່ { $office } ເຜີຍແຜ່ເປັນພາສານີ້, ລຽງລຳດັບຈາກໃໝ່ຫາເກົ່າ.
feed-topic = { $office } – { $name }
    .description = ຂ່າວ ແລະ ບົດຄວາມຂອງ { $office } ກ່ຽວກັບຫົວຂໍ້ “{ $name }”, ລຽງລຳດັບຈາກໃໝ່ຫາເກົ່າ.
feed-kind = { $office } – { $name }
    .description = ຂ່າວ ແລະ ບົດຄວາມຂອງ { $office } ໃນປະເພດ “{ $name }”, ລຽງລຳດັບຈາກໃໝ່ຫາເກົ່າ.
feed-agency = { $name } – { $office }
    .description = ຂ່າວ ແລະ ບົດຄວາມຂອງ { $name } ທີ່ { $office } ເຜີຍແຜ່, ລຽງລຳດັບຈາກໃໝ່ຫາເກົ່າ.

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = ຖອນແລ້ວ: ບົດນີ້ບໍ່ໄດ້ເຜີຍແຜ່ອີກແລ້ວ
feed-notice-retract = ຮຽກຄືນແລ້ວ: ບົດນີ້ມີຂໍ້ຜິດພາດ, ກະລຸນາຢ່ານຳໃຊ້
