namespace MlOps.Monitoring;

/// <summary>Reads the baseline that a model version carries.</summary>
internal interface IBaselineReader
{
    /// <summary>Reads the bytes of <see cref="Registry.ModelPackage.BaselinePath"/>.</summary>
    IBaseline Read(byte[] bytes);
}
