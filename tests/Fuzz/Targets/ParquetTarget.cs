using MlOps.Data;
using MlOps.Parquet;

namespace MlOps.Fuzz.Targets;

internal sealed class ParquetTarget : FuzzTarget
{
    private static readonly ParquetDatasetFormat Format = new();

    public override string Name => "parquet";

    public override int Weight => 2;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. Enum.GetValues<ParquetCompression>().Select(compression => Samples.Written(path => Samples.Table(7).WriteParquetAsync(path, new ParquetWriteOptions { Compression = compression, RowsPerGroup = 4 }))),
        Samples.Written(path => Samples.Table(0).WriteParquetAsync(path)),
    ];

    public override Task ReadAsync(byte[] input, Random random) => Reading.ReadAsync(Format.Open("fuzz", Reading.Opener(input)), random);
}
