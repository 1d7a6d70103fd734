using System.Text;
using MlOps.Data;

namespace MlOps.Fuzz.Targets;

/// <summary>A profile file; what is read is also shown, and merged with itself.</summary>
internal sealed class ProfileTarget : FuzzTarget
{
    public override string Name => "profile";

    public override int Weight => 3;

    public override IReadOnlyList<byte[]> Seeds { get; } = [Profile(1), Profile(5), Profile(40), "{}"u8.ToArray()];

    public override IReadOnlyList<byte[]> Tokens { get; } =
        [.. new[] { "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e400", "\"rows\":", "\"columns\"", "\"sketch\":\"", "AAAA", "////", "=", "\"format\":2" }.Select(Encoding.UTF8.GetBytes)];

    public override Task ReadAsync(byte[] input, Random random) => Reading.FromFileAsync(input, async path =>
    {
        var profile = await DataProfile.LoadAsync(path);
        profile.ToText();
        profile.ToJson();
        DataProfile.Merge(profile, profile).ToText();
    });

    private static byte[] Profile(int rows) => Samples.Written(async path => await (await Samples.Table(rows).ProfileAsync()).SaveAsync(path));
}
