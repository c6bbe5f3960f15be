# Words of the plain public page. $moment is a moment as page-moment writes it.

page-moment = ថ្ងៃទី{ DATETIME($at, day: "numeric") } ខែ{ DATETIME($at, month: "long") } ឆ្នាំ{ DATETIME($at, year: "numeric") } ម៉ោង { DATETIME($at, timeStyle: "short") } ({ $zone })
page-published-at = ចុះផ្សាយនៅ{ $moment }
page-updated-at = ធ្វើបច្ចុប្បន្នភាពនៅ{ $moment }
page-version = កំណែទី{ $version }

page-agency = ស្ថាប័ន
page-topics = ប្រធានបទ
page-other-languages = ជាភាសាដទៃទៀត
page-stale = អត្ថបទដើមបានផ្លាស់ប្ដូរក្រោយពេលបកប្រែអត្ថបទនេះ។ ផ្នែកខ្លះនៃអត្ថបទខាងក្រោមអាចមិនទាន់បានធ្វើបច្ចុប្បន្នភាព។

page-corrections = ការកែតម្រូវ
page-correction = ការកែតម្រូវលើកទី{ $number } នៅ{ $moment }

page-notice-withdraw = អត្ថបទនេះត្រូវបានដកចេញ
page-notice-retract = អត្ថបទនេះត្រូវបានទុកជាមោឃៈ
page-taken-down-at = បញ្ឈប់ការផ្សាយនៅ{ $moment }

page-preview = ការមើលជាមុន មិនទាន់ចុះផ្សាយ
    .detail = អត្ថបទនេះមិនទាន់បានចុះផ្សាយទេ ហើយបង្ហាញសម្រាប់ការពិនិត្យតែប៉ុណ្ណោះ។ សូមកុំដកស្រង់ ឬផ្សព្វផ្សាយបន្ត។ តំណនេះនឹងផុតកំណត់នៅ { $moment }។

page-verify = ផ្ទៀងផ្ទាត់ភាពពិតប្រាកដនៃអត្ថបទនេះ
    .detail = អត្ថបទមានតម្លៃ hash នៃខ្លឹមសារ និងហត្ថលេខាឌីជីថល ដែលនរណាក៏អាចប្រើដើម្បីផ្ទៀងផ្ទាត់ថា អត្ថបទនេះត្រូវគ្នាទាំងស្រុងនឹងអ្វីដែលបានចុះផ្សាយ។
page-content-hash = តម្លៃ hash នៃខ្លឹមសារ (SHA-256)
page-signature = ហត្ថលេខាឌីជីថល

page-feeds = ហ្វីដព័ត៌មាន
    .detail = តាមដានព័ត៌មាន និងអត្ថបទរបស់ { $office } ដោយប្រើកម្មវិធីអានហ្វីដតាមជម្រើសរបស់លោកអ្នក។
page-home = ទំព័រដើម
page-older = អត្ថបទមុនៗ
page-empty = មិនទាន់មានព័ត៌មាន ឬអត្ថបទណាត្រូវបានចុះផ្សាយនៅទីនេះទេ។
