using System.Text;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

/// <summary>A check file; what is read is also run, so that limits without sense and patterns without end come out.</summary>
internal sealed class ChecksTarget : FuzzTarget
{
    private static readonly Dataset Rows = Samples.Table(6);

    public override string Name => "checks";

    public override int Weight => 3;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Suite(checks => checks
            .Column("i", column => column.NotNull().InRange(0, 5000).Mostly(0.9).Unique().Increasing().Mean(0, 1e4).Quantile(0.5, 1, 2))
            .Column("s", column => column.In("text 1", "text 2").AsWarning().Matches("^text [0-9]+$").Length(1, 9).Named("length").When("i > 2").HasFormat(TextFormat.Date))),
        .. new[]
        {
            """{"format":1,"name":"n","checks":[{"column":"d","check":"in_range","min":1,"max":2,"mostly":0.5,"severity":"critical","when":"b","forEach":"s"}]}""",
            """{"format":1,"name":"n","checks":[]}""",
            "{}",
        }.Select(Encoding.UTF8.GetBytes),
        Suite(checks => checks
            .RowCount(1, 10).ColumnCount(8).ColumnSet(["i", "d"], exact: false).Unique("i", "s").Expression("i >= d or s is null").ForEach("s")
            .Correlation("i", "d", 0.5).MutualInformation("s", "i", 0, 9).Any("any", any => any.Column("i", column => column.Positive()).Column("d", column => column.Finite()))
            .Not("not", not => not.Column("t", column => column.AllNull())).Column("f", column => column.GreaterThan("d").Entropy(0, 3).OutlierFree(3))),
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. new[]
        {
            "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e400", "\"format\":2", "\"check\"", "\"column\"", "\"min\":", "\"max\":", "\"mostly\":2", "\"when\":\"i >\"",
            "\"any\"", "\"matches\"", "\"(a+)+$\"", "\"unique\"", "\"quantile\"", "\"severity\":\"worst\"",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override Task ReadAsync(byte[] input, Random random) => Reading.FromFileAsync(input, async path =>
    {
        var checks = await DataChecks.LoadAsync(path);
        var report = await checks.RunAsync(Rows);
        report.ToText();
        report.ToJson();
    });

    private static byte[] Suite(Action<DataChecksBuilder> checks) => Samples.Written(path => DataChecks.Define("fuzz", checks).SaveAsync(path));
}
