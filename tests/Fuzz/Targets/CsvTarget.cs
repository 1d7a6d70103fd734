using System.Text;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

internal sealed class CsvTarget : FuzzTarget
{
    private static readonly string[] Cells =
    [
        "", "1", "-2.5", "1,5", "1.234,5", "true", "2026-01-02", "2026-01-02T03:04:05.678Z", "text", "\"quoted\"", "\"a\"\"b\"", "\"line\nend\"", "'single'", "ünï", "NaN", "01", "1e999", " ", "\"", "\"\"",
        "99999999999999999999", "0.1234567890123456789012345", "\"open", "close\"", "it's",
    ];

    public override string Name => "csv";

    public override int Weight => 6;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "a,b,c\n1,2.5,x\n2,,\"y, z\"\n", "a;b\r\n1,5;2026-01-02\r\n2,5;2026-01-03\r\n", "a\tb\tc\n'x'\ttrue\t1\n", "sep=|\na|b\n1|2\n", "\uFEFFname,größe\nx,1\n", "1,2\n3,4\n", "a,b,\n1,2,\n", "a\n\n1\n",
        }.Select(Encoding.UTF8.GetBytes),
        [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,ü\n")],
        [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("a,b\n1,ü\n")],
        Encoding.Latin1.GetBytes("größe,b\n1,é\n"),
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Cells.Concat([",", ";", "\t", "|", "\n", "\r\n", "\r", "sep=,\n", "\"\"\"", "\0"]).Select(Encoding.UTF8.GetBytes)];

    public override byte[] Generate(Random random)
    {
        var text = new StringBuilder();
        var (width, delimiter) = (random.Next(1, 6), ",;\t|"[random.Next(4)]);
        var end = random.Next(4) switch { 0 => "\r\n", 1 => "\r", _ => "\n" };
        for (var row = random.Next(1, 12); row > 0; row--)
        {
            var cells = random.Next(12) == 0 ? random.Next(7) : width;
            text.AppendJoin(delimiter, Enumerable.Range(0, cells).Select(_ => Cells[random.Next(Cells.Length)])).Append(end);
        }

        return random.Next(8) switch { 0 => Encoding.Unicode.GetBytes(text.ToString()), 1 => Encoding.Latin1.GetBytes(text.ToString()), _ => Encoding.UTF8.GetBytes(text.ToString()) };
    }

    public override Task ReadAsync(byte[] input, Random random)
    {
        var options = random.Next(3) > 0 ? new CsvOptions() : new CsvOptions
        {
            Delimiter = random.Next(2) == 0 ? null : ",;\t|"[random.Next(4)],
            Quote = random.Next(2) == 0 ? null : "\"'"[random.Next(2)],
            HasHeader = random.Next(3) switch { 0 => null, 1 => true, _ => false },
            Encoding = random.Next(6) switch { 0 => Encoding.Latin1, 1 => Encoding.Unicode, 2 => Encoding.UTF8, _ => null },
            InferenceRows = random.Next(2) == 0 ? random.Next(1, 4) : CsvOptions.AllRows,
            ThousandsSeparator = random.Next(3) == 0 ? '.' : null,
            TimeFormats = random.Next(3) == 0 ? ["dd.MM.yyyy"] : [],
            MissingValues = random.Next(3) == 0 ? ["text", "1"] : [],
            MaxRowBytes = random.Next(2) == 0 ? 64 : 1 << 20,
        };
        return Reading.ReadAsync(Dataset.FromCsv("fuzz", Reading.Opener(input), options), random);
    }
}
