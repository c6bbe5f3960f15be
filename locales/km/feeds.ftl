# Titles and descriptions of feeds. $office is the publishing office, $name the topic, kind or agency.

feed-all = { $office } – ព័ត៌មាន និងអត្ថបទទាំងអស់
    .description = ព័ត៌មាន និងអត្ថបទទាំងអស់ដែល { $office } ចុះផ្សាយជាភាសានេះ រៀបតាមលំដាប់ពីថ្មីទៅចាស់។
feed-topic = { $office } – { $name }
    .description = ព័ត៌មាន និងអត្ថបទរបស់ { $office } អំពីប្រធានបទ «{ $name }» រៀបតាមលំដាប់ពីថ្មីទៅចាស់។
feed-kind = { $office } – { $name }
    .description = ព័ត៌មាន និងអត្ថបទរបស់ { $office } ក្នុងប្រភេទ «{ $name }» រៀបតាមលំដាប់ពីថ្មីទៅចាស់។
feed-agency = { $name } – { $office }
    .description = ព័ត៌មាន និងអត្ថបទរបស់ { $name } ដែល { $office } ចុះផ្សាយ រៀបតាមលំដាប់ពីថ្មីទៅចាស់។

# Titles of what stands in a feed where an item was taken down.

feed-notice-withdraw = បានដកចេញ៖ អត្ថបទនេះលែងផ្សាយទៀតហើយ
feed-notice-retract = បានទុកជាមោឃៈ៖ អត្ថបទនេះមានកំហុស សូមកុំប្រើប្រាស់
