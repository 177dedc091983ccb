/** Slack's names of the emoji that operations people use; what is not here is shown as its `:name:`. */
const table = `
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ heavy_multiplication_x ✖️ negative_squared_cross_mark ❎
warning ⚠️ rotating_light 🚨 no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 stop_sign 🛑 sos 🆘 exclamation ❗ heavy_exclamation_mark ❗
bangbang ‼️ question ❓ grey_question ❔ grey_exclamation ❕ information_source ℹ️ bulb 💡 hourglass ⌛ hourglass_flowing_sand ⏳
stopwatch ⏱️ timer_clock ⏲️ alarm_clock ⏰ watch ⌚ clock1 🕐 clock3 🕒 clock6 🕕 clock9 🕘 clock12 🕛 mantelpiece_clock 🕰️
arrows_counterclockwise 🔄 arrows_clockwise 🔃 repeat 🔁 rewind ⏪ fast_forward ⏩ arrow_forward ▶️ arrow_backward ◀️
leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_heading_up ⤴️ arrow_heading_down ⤵️
double_vertical_bar ⏸️ pause_button ⏸️ black_square_for_stop ⏹️ black_right_pointing_double_triangle_with_vertical_bar ⏭️ back 🔙 soon 🔜 new 🆕 ok 🆗 up 🆙
large_green_circle 🟢 large_blue_circle 🔵 large_yellow_circle 🟡 large_orange_circle 🟠 large_purple_circle 🟣 large_brown_circle 🟤 red_circle 🔴
white_circle ⚪ black_circle ⚫ large_green_square 🟩 large_blue_square 🟦 large_yellow_square 🟨 large_orange_square 🟧 large_red_square 🟥 large_purple_square 🟪
white_large_square ⬜ black_large_square ⬛ white_medium_square ◻️ black_medium_square ◼️ white_small_square ▫️ black_small_square ▪️
small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷 large_orange_diamond 🔶 radio_button 🔘 heavy_plus_sign ➕ heavy_minus_sign ➖
rocket 🚀 package 📦 construction 🚧 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ link 🔗 lock 🔒 unlock 🔓 closed_lock_with_key 🔐 key 🔑 shield 🛡️
snowflake ❄️ ice_cube 🧊 fire 🔥 boom 💥 zap ⚡ sparkles ✨ star ⭐ tada 🎉 seedling 🌱 herb 🌿 recycle ♻️ broom 🧹 wastebasket 🗑️ test_tube 🧪
memo 📝 clipboard 📋 scroll 📜 bookmark 🔖 label 🏷️ pushpin 📌 round_pushpin 📍 paperclip 📎 calendar 📆 date 📅 spiral_calendar_pad 🗓️ page_facing_up 📄 books 📚
bell 🔔 no_bell 🔕 loudspeaker 📢 mega 📣 speech_balloon 💬 thought_balloon 💭 email 📧 inbox_tray 📥 outbox_tray 📤 pager 📟 telephone_receiver 📞
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 mag 🔍 mag_right 🔎 eyes 👀 satellite_antenna 📡 computer 💻 desktop_computer 🖥️ floppy_disk 💾 electric_plug 🔌 battery 🔋 cloud ☁️ globe_with_meridians 🌐 earth_asia 🌏
wave 👋 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 raised_hand ✋ raised_hands 🙌 clap 👏 pray 🙏 muscle 💪 point_right 👉 point_left 👈 point_up 👆 point_down 👇 ok_hand 👌 handshake 🤝
bust_in_silhouette 👤 busts_in_silhouette 👥 robot_face 🤖 ghost 👻 skull 💀 zzz 💤 sleeping 😴 thinking_face 🤔 smile 😄 slightly_smiling_face 🙂 sweat_smile 😅 relieved 😌 cry 😢 sunglasses 😎 heart ❤️ green_heart 💚 blue_heart 💙
ambulance 🚑 fire_engine 🚒 fire_extinguisher 🧯 helmet_with_white_cross ⛑️ adhesive_bandage 🩹 traffic_light 🚦 vertical_traffic_light 🚦 checkered_flag 🏁 triangular_flag_on_post 🚩 trophy 🏆 dart 🎯 game_die 🎲 balloon 🎈 popcorn 🍿
snail 🐌 turtle 🐢 bug 🐛 bee 🐝 hatching_chick 🐣 camera 📷 camera_with_flash 📸 movie_camera 🎥 tv 📺 moneybag 💰 credit_card 💳 scales ⚖️ balance_scale ⚖️ twisted_rightwards_arrows 🔀 left_right_arrow ↔️ twisted 🔀
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ kr 🇰🇷 us 🇺🇸
`

const known = new Map(
  [...table.trim().matchAll(/(\S+) (\S+)/g)].map((pair): [string, string] => [pair[1] ?? '', pair[2] ?? '']),
)

/** The character of an emoji name, skin tone left out; the name in colons where it is not known. */
export const emoji = (name: string): string => known.get(name.replace(/::skin-tone-\d$/, '')) ?? `:${name}:`

/** Every `:name:` of a text that is known, as its character: for titles, labels and notices. */
export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+'-]+):/g, (_, name: string) => emoji(name))
