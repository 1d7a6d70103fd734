using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

internal sealed class ArrowTarget : FuzzTarget
{
    public override string Name => "arrow";

    public override int Weight => 4;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Samples.Written(path => Samples.Table(5).WriteArrowAsync(path)),
        Samples.Written(path => Samples.Table(0).WriteArrowAsync(path)),
        Encoded(null), Encoded(CompressionCodecType.Lz4Frame), Encoded(CompressionCodecType.Zstd),
    ];

    public override Task ReadAsync(byte[] input, Random random) => Reading.ReadAsync(Dataset.FromArrow("fuzz", Reading.Opener(input)), random);

    // Dictionaries, large texts and views, which the SDK reads and does not write.
    private static byte[] Encoded(CompressionCodecType? codec)
    {
        var keys = new Int32Array.Builder().Append(0).Append(1).AppendNull().Append(0).Build();
        var values = new StringArray.Builder().Append("x").Append("a longer text than fits").Build();
        var type = new DictionaryType(Int32Type.Default, StringType.Default, false);
        var views = new StringViewArray.Builder().Append("short").AppendNull().Append("more than twelve characters").Append("").Build();
        var schema = new Schema([new("dictionary", type, true), new("view", StringViewType.Default, true)], metadata: null);
        using var bytes = new MemoryStream();
        using (var writer = new ArrowFileWriter(bytes, schema, leaveOpen: true, new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = codec is null ? null : new CompressionCodecFactory() }))
        {
            writer.WriteRecordBatch(new RecordBatch(schema, [new DictionaryArray(type, keys, values), views], 4));
            writer.WriteEnd();
        }

        return bytes.ToArray();
    }
}
