import { flags } from '../../../lib/flags';

const PRICE = 100;

export async function GET(_request: Request): Promise<Response> {
  return Response.json({ price: PRICE - (await flags.get('discount', 0)) });
}
