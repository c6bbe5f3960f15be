# ប័ណ្ណអនុម័ត៖ ទំព័រសម្រាប់បោះពុម្ពនៃការចុះផ្សាយនីមួយៗ ប្រាប់ថានរណាបានអនុម័តខ្លឹមសារណា និងនៅពេលណា។

sheet-title = ប័ណ្ណអនុម័ត
sheet-act-publish = ចុះផ្សាយ
sheet-act-update = ធ្វើបច្ចុប្បន្នភាព
sheet-act-correct = កែតម្រូវ
sheet-act-withdraw = ដកអត្ថបទ
sheet-act-retract = ដកហូតអត្ថបទ
sheet-act-restore = ស្ដារឡើងវិញ
sheet-printed = បោះពុម្ពនៅ { $moment }
sheet-language = ភាសា
sheet-article = លេខសម្គាល់អត្ថបទ
sheet-guid = លេខសម្គាល់សកល
sheet-address = អាសយដ្ឋានសាធារណៈ

sheet-text = ខ្លឹមសារ

sheet-writers = អ្នកសរសេរ
sheet-workflow = នីតិវិធីពិនិត្យ
sheet-submitted = អ្នកដាក់ជូនពិនិត្យ
sheet-decisions = សេចក្ដីសម្រេច
sheet-no-case = ការដកអត្ថបទមិនត្រូវការការអនុម័តទេ អ្នកមានសិទ្ធិអាចធ្វើបានភ្លាមៗ។
sheet-stage = ដំណាក់កាល
sheet-role = តួនាទី
sheet-person = អ្នកសម្រេច
sheet-on-behalf = { $person } (តំណាង { $owner })
sheet-verdict = មតិ
sheet-verdict-approve = យល់ព្រម
sheet-verdict-request_changes = ស្នើឱ្យកែសម្រួល
sheet-when = ពេលវេលា
sheet-comment = កំណត់សម្គាល់របស់អ្នកពិនិត្យ
sheet-carried = ចំពោះកំណែទី { $revision } តម្លៃ hash { $hash }
sheet-changes = ការផ្លាស់ប្តូរក្រោយការសម្រេចទាំងនោះ
sheet-changes-note = ការសម្រេចដែលមានលេខកំណែ គឺធ្វើឡើងលើអត្ថបទមុន។ រវាងអត្ថបទនោះ និងអត្ថបទនេះ មានតែសំណើដែលបានទទួលយកខាងក្រោមប៉ុណ្ណោះ។ ដំណាក់កាលបន្ទាប់បានអនុម័តអត្ថបទនេះទាំងស្រុង។
sheet-revision = កំណែ
sheet-before = មុន
sheet-after = ក្រោយ
sheet-suggested-by = អ្នកស្នើ
sheet-taken-by = អ្នកទទួលយក

sheet-made-by = អ្នកអនុវត្ត
sheet-note = កំណត់សម្គាល់សាធារណៈ
sheet-reason = មូលហេតុ

sheet-approval-hash = តម្លៃ hash នៃការអនុម័ត (SHA-256)
sheet-envelope-hash = តម្លៃ hash នៃស្រោម (SHA-256)
sheet-key = សោហត្ថលេខា

sheet-sound = ខ្លឹមសារ សេចក្ដីសម្រេច និងហត្ថលេខានៅលើប័ណ្ណនេះត្រូវគ្នា។
sheet-unsound = ខ្លឹមសារ សេចក្ដីសម្រេច ឬហត្ថលេខានៅលើប័ណ្ណនេះមិនត្រូវគ្នាទេ។ កុំប្រើប័ណ្ណនេះ ហើយសូមជូនដំណឹងដល់អ្នកគ្រប់គ្រងជាបន្ទាន់។

sheet-verify = របៀបផ្ទៀងផ្ទាត់
sheet-verify-text = តម្លៃ hash នៃខ្លឹមសារ គឺ SHA-256 នៃបៃទាំងអស់ដែលមាននៅអាសយដ្ឋាននេះ៖
sheet-verify-envelope = តម្លៃ hash នៃស្រោម និងហត្ថលេខា គណនាលើបៃទាំងអស់ដែលមាននៅអាសយដ្ឋាននេះ៖
sheet-verify-keys = សោសាធារណៈដែលមានឈ្មោះនៅលើប័ណ្ណនេះ មាននៅអាសយដ្ឋាននេះ៖
