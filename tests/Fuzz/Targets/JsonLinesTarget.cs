using System.Text;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

internal sealed class JsonLinesTarget : FuzzTarget
{
    private static readonly string[] Values =
    [
        "1", "-2.5", "1e400", "99999999999999999999", "true", "false", "null", "\"text\"", "\"\"", "\"NaN\"", "\"-Infinity\"", "\"2026-01-02\"", "\"2026-01-02T03:04:05Z\"", "\"\\u00fc\\n\"", "\"\\ud800\"", "\"ü\"",
        "{\"x\":1}", "[1,[2,3]]", "{}", "[]",
    ];

    public override string Name => "jsonl";

    public override int Weight => 5;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "{\"a\":1,\"b\":\"x\"}\n{\"a\":2.5}\n", "{\"t\":\"2026-01-02T03:04:05Z\",\"n\":null}\r\n{\"n\":true}", "{\"a\":{\"b\":[1,2]}}\n", "{\"\\u0061\":\"\\u00e9\\\"\"}\n", "\uFEFF{\"a\":1}\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Values.Concat(["{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\n", "{\"a\":", "/*"]).Select(Encoding.UTF8.GetBytes)];

    public override byte[] Generate(Random random)
    {
        var text = new StringBuilder();
        for (var row = random.Next(1, 10); row > 0; row--)
        {
            var keys = Enumerable.Range(0, random.Next(5)).Select(_ => $"\"k{random.Next(6)}\":{Values[random.Next(Values.Length)]}");
            text.Append('{').AppendJoin(',', keys.DistinctBy(key => key[..4])).Append("}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public override Task ReadAsync(byte[] input, Random random) => Reading.ReadAsync(
        Dataset.FromJsonLines("fuzz", Reading.Opener(input), new JsonLinesOptions { NestedAsText = random.Next(2) == 0, InferenceRows = random.Next(2) == 0 ? random.Next(1, 4) : 1000, MaxRowBytes = random.Next(2) == 0 ? 64 : 1 << 20 }),
        random);
}
