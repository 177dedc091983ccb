/** Line icons on a 16-unit grid. */
const shapes = {
  hash: 'M6.2 2.5 4.8 13.5M11.2 2.5 9.8 13.5M2.8 5.8h11M2.2 10.2h11',
  home: 'M2.5 7.5 8 2.8l5.5 4.7M4 6.5v7h8v-7',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  cross: 'm4.5 4.5 7 7M11.5 4.5l-7 7',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  send: 'M2.5 8h10M8.5 3.8 12.8 8l-4.3 4.2',
  reply: 'M13.5 3.5v4.2a2 2 0 0 1-2 2H3M6 6.5 2.8 9.7 6 12.9',
  down: 'm4 6.5 4 4 4-4',
  power: 'M8 2v5.5M4.6 4.4a5 5 0 1 0 6.8 0',
  play: 'M5 3.2v9.6L12.5 8 5 3.2Z',
  balance: 'M8 2.5v4M8 6.5 3.5 10M8 6.5l4.5 3.5M3.5 10v3M8 6.5V13M12.5 10v3',
  image: 'M2.5 4.5 8 2l5.5 2.5L8 7 2.5 4.5ZM2.5 4.5v7L8 14l5.5-2.5v-7M8 7v7',
  pause: 'M5.5 4v8M10.5 4v8',
  warn: 'M8 2.5 14 13H2L8 2.5ZM8 6.8v2.6M8 11.3h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.3M8 5.2h.01',
  lock: 'M4 7.2h8v6H4zM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2',
  layers: 'm8 2.5 6 3-6 3-6-3 6-3ZM2.5 8.5 8 11.2l5.5-2.7M2.5 11 8 13.7l5.5-2.7',
  thread: 'M3 3.5h10v7H7L4 13v-2.5H3z',
} as const

export type IconName = keyof typeof shapes

/** An icon that says nothing by itself: the words stand beside it or on its button. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={shapes[name]} />
  </svg>
)
