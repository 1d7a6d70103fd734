using System.Text;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

internal sealed class SchemaTarget : FuzzTarget
{
    public override string Name => "schema";

    public override int Weight => 3;

    public override IReadOnlyList<byte[]> Seeds { get; } = [Schema(5), Schema(100), "{}"u8.ToArray()];

    public override IReadOnlyList<byte[]> Tokens { get; } =
        [.. new[] { "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e400", "\"type\"", "\"columns\"", "\"name\"", "\"min\"", "\"max\"", "\"format\":2" }.Select(Encoding.UTF8.GetBytes)];

    public override Task ReadAsync(byte[] input, Random random) => Reading.FromFileAsync(input, async path => (await DataSchema.LoadAsync(path)).ToChecks());

    private static byte[] Schema(int rows) => Samples.Written(async path => await DataSchema.Infer(await Samples.Table(rows).ProfileAsync()).SaveAsync(path));
}
