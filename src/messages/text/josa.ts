/** Pairs of Korean particles: after a final consonant / after a vowel. */
const pairs = {
  은는: ['은', '는', '은(는)'],
  이가: ['이', '가', '이(가)'],
  을를: ['을', '를', '을(를)'],
  과와: ['과', '와', '와(과)'],
  으로: ['으로', '로', '(으)로'],
} as const
type Pair = keyof typeof pairs

type Ending = 'consonant' | 'rieul' | 'vowel' | 'unsure'

/** 영 일 이 삼 사 오 육 칠 팔 구 */
const digits: readonly Ending[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
]

/** How a Latin word is most often read aloud in Korean; where readings differ, both particles are shown. */
function latin(word: string): Ending {
  const tail = word.slice(-2)
  const last = word.slice(-1).toLowerCase()
  // Abbreviations are spelled out: ASG ends in 지, SSM in 엠, URL in 엘.
  if (/^[A-Z]{1,2}$/.test(tail))
    return /[MN]$/.test(tail) ? 'consonant' : /[LR]$/.test(tail) ? 'rieul' : 'vowel'
  if (last === 'l') return 'rieul'
  if (/[mnb]$/i.test(word) || /ng$/i.test(word) || /[aeiou][pkt]$/i.test(word)) return 'consonant'
  if (/[sdfhrxzjvaiouyw]$/i.test(word) || /[^aeiou][pkt]$/i.test(word)) return 'vowel'
  return 'unsure'
}

function ending(word: string): Ending {
  const end = /[\p{L}\p{N}]+(?=[^\p{L}\p{N}]*$)/u.exec(word)?.[0]
  if (end === undefined) return 'unsure'
  const last = end.slice(-1)
  const syllable = last.charCodeAt(0) - 0xac00
  // Precomposed Hangul: 28 finals a vowel, the 8th of them ㄹ (Unicode 3.12).
  if (syllable >= 0 && syllable < 11_172) {
    const final = syllable % 28
    return final === 0 ? 'vowel' : final === 8 ? 'rieul' : 'consonant'
  }
  if (/\d/.test(last)) return digits[Number(last)] ?? 'unsure'
  return /[a-z]/i.test(last) ? latin(/[a-z]+$/i.exec(end)?.[0] ?? last) : 'unsure'
}

/** The particle that fits behind a word, e.g. `josa('v2', '으로')` is `로`; both forms where the reading is unsure. */
export function josa(word: string | number, pair: Pair): string {
  const [consonant, vowel, either] = pairs[pair]
  const end = ending(String(word))
  if (end === 'unsure') return either
  if (end === 'rieul') return pair === '으로' ? vowel : consonant
  return end === 'consonant' ? consonant : vowel
}
