import type { AlertBlock } from '@slack/types'
import { Text } from '../text/Text'
import { Icon, type IconName } from '../ui/Icon'

const icons: Record<NonNullable<AlertBlock['level']>, IconName> = {
  default: 'info',
  info: 'info',
  warning: 'warn',
  error: 'warn',
  success: 'check',
}

export const Alert = ({ block }: { block: AlertBlock }) => {
  const level = block.level ?? 'default'
  return (
    <div class={`alert alert-${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <Icon name={icons[level]} />
      <Text of={block.text} />
    </div>
  )
}
