namespace MlOps.Fuzz;

/// <summary>Damages inputs.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = [0, 1, 0x0A, 0x0D, 0x20, 0x22, 0x27, 0x2C, 0x7F, 0x80, 0xC3, 0xE2, 0xF0, 0xFE, 0xFF];

    public static byte[] Of(FuzzTarget target, Random random)
    {
        if (random.Next(3) == 0 && target.Generate(random) is { } made)
        {
            return random.Next(2) == 0 ? made : Damage(made, target, random);
        }

        return Damage(target.Seeds[random.Next(target.Seeds.Count)], target, random);
    }

    private static byte[] Damage(byte[] input, FuzzTarget target, Random random)
    {
        List<byte> bytes = [.. input];
        for (var change = random.Next(1, 9); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            var count = Math.Min(random.Next(1, random.Next(2, 64)), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 3:
                    bytes.RemoveRange(at, count);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, count));
                    break;
                case 5:
                    bytes.Insert(at, Telling[random.Next(Telling.Length)]);
                    break;
                case 6 when target.Tokens.Count > 0:
                    bytes.InsertRange(at, target.Tokens[random.Next(target.Tokens.Count)]);
                    break;
                case 7 when at + 4 <= bytes.Count:
                    // A length, an offset or a count.
                    var number = random.Next(6) switch { 0 => int.MaxValue, 1 => int.MinValue, 2 => -1, 3 => 1 << random.Next(31), _ => random.Next(300) };
                    for (var i = 0; i < 4; i++)
                    {
                        bytes[at + i] = (byte)(number >> (8 * i));
                    }

                    break;
                default:
                    if (random.Next(8) == 0)
                    {
                        bytes.RemoveRange(at, bytes.Count - at);
                    }
                    else
                    {
                        var other = target.Seeds[random.Next(target.Seeds.Count)];
                        var from = random.Next(other.Length + 1);
                        bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(64))]);
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
