import type { DataTableBlock, TableBlock } from '@slack/types'
import { Plain } from '../text/Text'
import { RichText } from '../text/RichText'

type Cell = TableBlock['rows'][number][number]

const Content = ({ cell }: { cell: Cell }) =>
  cell.type === 'rich_text' ? <RichText block={cell} /> : <Plain text={cell.text} />

/** A table; its first row is its head. It scrolls sideways by itself where it is wider than the message. */
export const Table = ({ block }: { block: TableBlock | DataTableBlock }) => {
  const [head = [], ...rows] = block.rows
  const settings = block.type === 'table' ? (block.column_settings ?? []) : []
  const shape = (column: number) =>
    `${settings[column]?.is_wrapped ? 'wrap' : ''} align-${settings[column]?.align ?? 'left'}`
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Table">
      <table>
        {block.type === 'data_table' && <caption>{block.caption}</caption>}
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" class={shape(column)}>
                <Content cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={shape(column)}>
                  <Content cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
