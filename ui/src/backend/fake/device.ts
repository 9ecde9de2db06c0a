import type { DevicePromptView, QrCodeView } from '../../ipc/generated/contract';

/** Squares that look like a code and are none. */
function squares(): QrCodeView {
  const size = 33;
  let path = '';
  for (let y = 4; y < size - 4; y += 1) {
    for (let x = 4; x < size - 4; x += 1) {
      if ((x * x * 7 + x * y * 5 + y * 11) % 9 < 4) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  return { size, path };
}

/** What a provider that offers a sign-in on another device answers. */
export function devicePrompt(): DevicePromptView {
  return {
    userCode: 'WDJB-MJHT',
    verificationUri: 'https://login.example.org/device',
    verificationUriComplete: 'https://login.example.org/device?user_code=WDJB-MJHT',
    qrCode: squares(),
  };
}
