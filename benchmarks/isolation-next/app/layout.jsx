/** Nothing of a visitor: what Next makes in advance has it, too. */
export default function RootLayout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
