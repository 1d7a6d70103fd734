namespace MlOps.Conformance;

/// <summary>Texts that break stores which build SQL or paths from them.</summary>
public static class HostileText
{
    public static TheoryData<string> All { get; } = new(
        "'; DROP TABLE runs; --", "a\0b", "\u0010", "\u00100", "\0\u00101", "🛫 naïve", "%_\\", new string('x', 10_000));
}
