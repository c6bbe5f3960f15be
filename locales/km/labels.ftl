# Names of kinds, states, roles and take-downs, as lists and pages show them.

kind-news = ព័ត៌មាន
kind-feature = អត្ថបទស៊ីជម្រៅ
kind-press_release = សេចក្ដីប្រកាសព័ត៌មាន
kind-statement = សេចក្ដីបំភ្លឺ
kind-event = ព្រឹត្តិការណ៍
kind-investment = ឱកាសវិនិយោគ
kind-destination = គោលដៅទេសចរណ៍

state-draft = សេចក្ដីព្រាង
state-in_review = កំពុងពិនិត្យ
state-changes_requested = ស្នើឱ្យកែសម្រួល
state-approved = បានអនុម័ត
state-scheduled = បានកំណត់ពេលចុះផ្សាយ
state-published = បានចុះផ្សាយ
state-withdrawn = បានដកចេញ
state-retracted = បានទុកជាមោឃៈ

role-author = អ្នកនិពន្ធ
role-translator = អ្នកបកប្រែ
role-reviewer = អ្នកពិនិត្យ
role-approver = អ្នកអនុម័ត
role-publisher = អ្នកទទួលបន្ទុកចុះផ្សាយ
role-press_officer = មន្ត្រីទំនាក់ទំនងសារព័ត៌មាន
role-auditor = សវនករ
role-admin = អ្នកគ្រប់គ្រងប្រព័ន្ធ

takedown-withdraw = ការដកអត្ថបទចេញ
takedown-retract = ការទុកអត្ថបទជាមោឃៈ

# What the public reads in place of a note; each sentence fits a withdrawal and a retraction alike.

reason-factual_error = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយសារមានព័ត៌មានមិនត្រឹមត្រូវតាមការពិត។
reason-wrong_figure = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយសារមានតួលេខមិនត្រឹមត្រូវ។
reason-wrong_name = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយសារសរសេរឈ្មោះខុស។
reason-legal = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយមូលហេតុផ្លូវច្បាប់។
reason-duplicate = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយសារបានចុះផ្សាយស្ទួន។
reason-outdated = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយសារព័ត៌មានលែងស្របនឹងស្ថានភាពបច្ចុប្បន្ន។
reason-request = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ តាមសំណើរបស់បុគ្គល ឬស្ថាប័នពាក់ព័ន្ធ។
reason-security = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយមូលហេតុសុវត្ថិភាពព័ត៌មាន។
reason-expired = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ដោយសារផុតកំណត់ពេលចុះផ្សាយ។
reason-source_retracted = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ ក្នុងអំឡុងពេលពិនិត្យអត្ថបទដើមឡើងវិញ។
reason-other = អត្ថបទនេះត្រូវបានបញ្ឈប់ការផ្សាយ។
