import type { TextObject } from '@slack/types'
import { Inlines } from './Inlines'
import { type Piece, parseMrkdwn, parsePlain } from './mrkdwn'

const Line = ({ piece }: { piece: Piece }) => {
  switch (piece.kind) {
    case 'pre':
      return <pre>{piece.text}</pre>
    case 'quote':
      return (
        <blockquote>
          {piece.lines.map((line, index) => (
            <div key={index} class="line">
              <Inlines nodes={line} />
            </div>
          ))}
        </blockquote>
      )
    case 'line':
      return (
        <div class={piece.bullet === undefined ? 'line' : 'line line-item'}>
          {piece.bullet !== undefined && <span class="bullet">{piece.bullet}</span>}
          <span>
            <Inlines nodes={piece.children} />
          </span>
        </div>
      )
  }
}

/** A mrkdwn text over as many lines as it has. */
export const Mrkdwn = ({ text }: { text: string }) => (
  <div class="mrkdwn">
    {parseMrkdwn(text).map((piece, index) => (
      <Line key={index} piece={piece} />
    ))}
  </div>
)

/** A plain text in one run, its emoji drawn. */
export const Plain = ({ text }: { text: string }) => <Inlines nodes={parsePlain(text)} />

/** A text object of either kind. */
export const Text = ({ of }: { of: TextObject }) =>
  of.type === 'mrkdwn' ? (
    <Mrkdwn text={of.text} />
  ) : (
    <div class="plain">
      <Plain text={of.text} />
    </div>
  )
